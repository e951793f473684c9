package accounts.local.momento;

import com.github.benmanes.caffeine.cache.Ticker;
import grpc.cache_client.pubsub._SubscriptionRequest;
import grpc.cache_client.pubsub._TopicValue;
import io.grpc.StatusRuntimeException;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Function;

/**
 * The topics of all caches. A topic is created by its first message or subscriber, and dropped when
 * it has been idle for a while, or earlier to make room for another one. Safe for any thread.
 */
final class Topics {

  private final Map<Name, Topic> topics = new HashMap<>();
  private final Ticker ticker;

  /** Starts from the clock, so that pages of an earlier process are not mistaken for this one's. */
  private long lastPage = System.currentTimeMillis();

  Topics(Ticker ticker) {
    this.ticker = ticker;
  }

  synchronized void publish(String cache, String topic, _TopicValue value) {
    topic(cache, topic).publish(value);
  }

  /**
   * Adds a subscriber to the topic of the request.
   *
   * @param subscriber creates the subscriber for a topic
   */
  synchronized void subscribe(
      _SubscriptionRequest request, Function<Topic, Subscriber> subscriber) {
    if (topics.values().stream().mapToInt(Topic::subscribers).sum() >= Limits.SUBSCRIBERS) {
      throw Refusals.limitExceeded(
          "topic_subscriptions_limit_exceeded",
          "Topic subscribers: " + Limits.SUBSCRIBERS + " (expected: fewer before one more)");
    }
    Topic topic = topic(request.getCacheName(), request.getTopic());
    topic.subscribe(
        subscriber.apply(topic),
        request.getResumeAtTopicSequenceNumber(),
        request.getSequencePage());
  }

  private Topic topic(String cache, String topic) {
    Name name = new Name(cache, Limits.topicName(topic));
    topics.computeIfPresent(name, (same, held) -> held.idle() ? null : held);
    if (!topics.containsKey(name)) {
      makeRoom();
    }
    return topics.computeIfAbsent(name, any -> new Topic(++lastPage, ticker));
  }

  private void makeRoom() {
    if (topics.size() < Limits.TOPICS) {
      return;
    }
    Name longestUnused =
        topics.entrySet().stream()
            .filter(entry -> entry.getValue().subscribers() == 0)
            .min(Comparator.comparingLong(entry -> entry.getValue().lastUsed() - ticker.read()))
            .map(Map.Entry::getKey)
            .orElseThrow(Topics::full);
    topics.remove(longestUnused);
  }

  private static StatusRuntimeException full() {
    return Refusals.limitExceeded(
        "topic_subscriptions_limit_exceeded",
        "Topics with subscribers: " + Limits.TOPICS + " (expected: fewer before one more)");
  }

  /** Sends a heartbeat to all subscribers, and drops idle topics. */
  synchronized void heartbeat() {
    topics.values().removeIf(Topic::idle);
    topics.values().forEach(Topic::heartbeat);
  }

  /** Ends the topics of a cache that was deleted. */
  synchronized void forget(String cache, StatusRuntimeException reason) {
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

  /** Drops all messages; a subscriber that resumes gets another page. */
  synchronized void clear() {
    topics.clear();
  }

  /** Returns the number of topics. */
  synchronized int size() {
    return topics.size();
  }

  private record Name(String cache, String topic) {}
}
