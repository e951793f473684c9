package accounts.cache.momento;

import accounts.domain.EntityKey;
import accounts.domain.Revision;
import accounts.freshness.InvalidationHints;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.Semaphore;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * {@link InvalidationHints} over a Momento topic that all instances subscribe to, including this
 * one.
 */
public final class MomentoHints implements InvalidationHints {

  private static final Logger log = LoggerFactory.getLogger(MomentoHints.class);

  /**
   * The number is that of the format: instances of a version with another format use another topic.
   */
  static final String TOPIC = "accounts.changed.2";

  /**
   * Hints beyond these in flight are dropped; near caches that miss them rely on the age of their
   * entries.
   */
  private static final int IN_FLIGHT = 256;

  private final MomentoSessions sessions;
  private final Duration timeout;
  private final Semaphore inFlight = new Semaphore(IN_FLIGHT);

  /**
   * @param sessions stays the caller's to close
   * @param timeout longest time for publishing a hint
   */
  public MomentoHints(MomentoSessions sessions, Duration timeout) {
    this.sessions = sessions;
    this.timeout = timeout;
  }

  @Override
  public void changed(Map<EntityKey<?>, Revision> keys) {
    keys.forEach((key, revision) -> publish(HintText.of(key, revision)));
  }

  private void publish(String text) {
    if (inFlight.tryAcquire()) {
      var unused =
          sessions
              .call(session -> session.topic().publish(text, timeout))
              .whenComplete((empty, failure) -> published(failure));
    }
  }

  private void published(@Nullable Throwable failure) {
    inFlight.release();
    if (failure != null) {
      log.debug("hint not given", failure);
    }
  }

  /**
   * Subscribes until the timer is shut down; anew when a session has ended.
   *
   * @param changed called with each changed key and its revision, on a gRPC thread that must not be
   *     blocked
   * @param missed called when hints may have been missed
   * @param timer opens the next stream when one has ended
   */
  public void listen(
      BiConsumer<EntityKey<?>, Revision> changed, Runnable missed, ScheduledExecutorService timer) {
    new HintStream(sessions::topic, changed, missed, timer, HintStream.SILENCE).open();
  }
}
