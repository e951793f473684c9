package accounts.local.momento;

import com.github.benmanes.caffeine.cache.Ticker;
import grpc.cache_client.pubsub._TopicItem;
import grpc.cache_client.pubsub._TopicValue;
import io.grpc.StatusRuntimeException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.Set;

/**
 * A topic, which numbers its messages from 1, sends them to its subscribers, and keeps the last few
 * for those that reconnect. The page identifies the numbering: with another page, numbers start
 * anew.
 *
 * <p>Safe for any thread; its lock also keeps each subscriber's stream to one sender at a time.
 */
final class Topic {

  private final long page;
  private final Ticker ticker;
  private final Deque<_TopicItem> kept = new ArrayDeque<>();
  private final Set<Subscriber> subscribers = new LinkedHashSet<>();
  private long next = 1;
  private long lastUsed;

  Topic(long page, Ticker ticker) {
    this.page = page;
    this.ticker = ticker;
    this.lastUsed = ticker.read();
  }

  synchronized void publish(_TopicValue value) {
    _TopicItem item =
        _TopicItem.newBuilder()
            .setTopicSequenceNumber(next)
            .setSequencePage(page)
            .setValue(value)
            .build();
    next++;
    lastUsed = ticker.read();
    keep(item);
    subscribers.forEach(subscriber -> subscriber.send(item));
  }

  private void keep(_TopicItem item) {
    if (kept.size() == Limits.KEPT_MESSAGES) {
      kept.removeFirst();
    }
    kept.addLast(item);
  }

  /**
   * Adds a subscriber that gets messages from now on, or from message {@code resumeAt} on if that
   * is not 0; a discontinuity reports if some of those are no longer kept.
   *
   * @param resumePage the page of that number; 0 for the current page
   */
  synchronized void subscribe(Subscriber subscriber, long resumeAt, long resumePage) {
    subscriber.greet();
    if (resumeAt != 0) {
      resume(subscriber, resumeAt, resumePage == 0 || resumePage == page);
    }
    if (!subscriber.gone()) { // a later cancellation calls unsubscribe after this
      subscribers.add(subscriber);
    }
  }

  private void resume(Subscriber subscriber, long resumeAt, boolean samePage) {
    long first = next - kept.size();
    boolean known = samePage && resumeAt >= first && resumeAt <= next;
    if (!known) {
      subscriber.discontinuity(resumeAt - 1, first - 1, page);
    }
    kept.stream()
        .filter(item -> !known || item.getTopicSequenceNumber() >= resumeAt)
        .forEach(subscriber::send);
  }

  synchronized void unsubscribe(Subscriber subscriber) {
    if (subscribers.remove(subscriber)) {
      lastUsed = ticker.read();
    }
  }

  /** Sends queued messages to a subscriber; called when its connection is ready again. */
  synchronized void flush(Subscriber subscriber) {
    subscriber.flush();
  }

  synchronized void heartbeat() {
    subscribers.forEach(Subscriber::heartbeat);
  }

  /** Ends a subscriber's stream; does nothing if it has ended. */
  synchronized void end(Subscriber subscriber, StatusRuntimeException reason) {
    if (subscribers.contains(subscriber)) {
      unsubscribe(subscriber);
      subscriber.end(reason);
    }
  }

  /** Ends all streams. */
  synchronized void end(StatusRuntimeException reason) {
    Set.copyOf(subscribers).forEach(subscriber -> end(subscriber, reason));
  }

  synchronized int subscribers() {
    return subscribers.size();
  }

  /** Returns the ticker's reading when it was last published to or left by a subscriber. */
  synchronized long lastUsed() {
    return lastUsed;
  }

  /**
   * Returns whether it can be dropped: it has no subscribers, and has been idle too long to resume
   * from.
   */
  synchronized boolean idle() {
    return subscribers.isEmpty() && ticker.read() - lastUsed >= Limits.TOPIC_KEPT.toNanos();
  }
}
