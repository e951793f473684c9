package accounts.local.momento;

import io.grpc.StatusRuntimeException;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/** The topics of all caches; one comes to be with its first message or subscriber. */
final class Topics {

  private static final int MAXIMUM_TOPICS = 1000;

  private final Map<Name, Topic> topics = new ConcurrentHashMap<>();

  /** From the clock, so that the numbering of an earlier process is not taken for this one's. */
  private final AtomicLong pages = new AtomicLong(System.currentTimeMillis());

  /** Returns a topic. */
  Topic topic(String cache, String topic) {
    Name name = new Name(cache, Limits.topicName(topic));
    if (topics.size() >= MAXIMUM_TOPICS && !topics.containsKey(name)) {
      throw Refusals.limitExceeded("topic_count_limit_exceeded", MAXIMUM_TOPICS + " topics exist");
    }
    return topics.computeIfAbsent(name, any -> new Topic(pages.incrementAndGet()));
  }

  /** Tells all who listen that they are still connected. */
  void heartbeat() {
    topics.values().forEach(Topic::heartbeat);
  }

  /** Ends the topics of a cache that is no more. */
  void forget(String cache, StatusRuntimeException reason) {
    topics
        .entrySet()
        .removeIf(entry -> {
          boolean gone = entry.getKey().cache().equals(cache);
          if (gone) {
            entry.getValue().end(reason);
          }
          return gone;
        });
  }

  /** Forgets all messages; who comes back meets another page. */
  void clear() {
    topics.clear();
  }

  private record Name(String cache, String topic) {}
}
