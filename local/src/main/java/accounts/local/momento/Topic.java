package accounts.local.momento;

import grpc.cache_client.pubsub._TopicItem;
import grpc.cache_client.pubsub._TopicValue;
import io.grpc.StatusRuntimeException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.Set;

/**
 * One topic: numbers its messages from 1, hands them to those who listen, and keeps the last few
 * for those who come back. The page says which numbering it is: another page, other numbers.
 *
 * <p>Safe for any thread; its lock also keeps each subscriber's stream to one sender at a time.
 */
final class Topic {

  private static final int KEPT_MESSAGES = 100;
  private static final int MAXIMUM_SUBSCRIBERS = 1000;

  private final long page;
  private final Deque<_TopicItem> kept = new ArrayDeque<>();
  private final Set<Subscriber> subscribers = new LinkedHashSet<>();
  private long next = 1;

  Topic(long page) {
    this.page = page;
  }

  synchronized void publish(_TopicValue value) {
    _TopicItem item =
        _TopicItem.newBuilder()
            .setTopicSequenceNumber(next)
            .setSequencePage(page)
            .setValue(value)
            .build();
    next++;
    keep(item);
    subscribers.forEach(subscriber -> subscriber.send(item));
  }

  private void keep(_TopicItem item) {
    if (kept.size() == KEPT_MESSAGES) {
      kept.removeFirst();
    }
    kept.addLast(item);
  }

  /**
   * Adds one who listens from now on, or from message {@code resumeAt} on if that is not 0; a
   * discontinuity tells it that this cannot be had.
   *
   * @param resumePage the page of that number, 0 for the one there is
   */
  synchronized void subscribe(Subscriber subscriber, long resumeAt, long resumePage) {
    if (subscribers.size() >= MAXIMUM_SUBSCRIBERS) {
      throw Refusals.limitExceeded(
          "topic_subscriptions_limit_exceeded", MAXIMUM_SUBSCRIBERS + " subscribers are there");
    }
    subscriber.greet();
    if (resumeAt != 0) {
      resume(subscriber, resumeAt, resumePage == 0 || resumePage == page);
    }
    subscribers.add(subscriber);
  }

  private void resume(Subscriber subscriber, long resumeAt, boolean samePage) {
    long first = next - kept.size();
    boolean known = samePage && resumeAt >= first && resumeAt <= next;
    if (!known) {
      subscriber.discontinuity(resumeAt - 1, first, page);
    }
    kept.stream()
        .filter(item -> !known || item.getTopicSequenceNumber() >= resumeAt)
        .forEach(subscriber::replay);
  }

  synchronized void unsubscribe(Subscriber subscriber) {
    subscribers.remove(subscriber);
  }

  synchronized void heartbeat() {
    subscribers.forEach(Subscriber::heartbeat);
  }

  /** Ends all streams. */
  synchronized void end(StatusRuntimeException reason) {
    subscribers.forEach(subscriber -> subscriber.end(reason));
    subscribers.clear();
  }
}
