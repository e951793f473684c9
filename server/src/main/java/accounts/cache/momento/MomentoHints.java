package accounts.cache.momento;

import accounts.domain.EntityKey;
import accounts.domain.Revision;
import accounts.freshness.InvalidationHints;
import grpc.common._Empty;
import io.grpc.stub.StreamObserver;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.Semaphore;
import java.util.function.BiConsumer;
import momento.sdk.auth.CredentialProvider;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * {@link InvalidationHints} over a Momento topic that all instances subscribe to, including this
 * one.
 */
public final class MomentoHints implements InvalidationHints, AutoCloseable {

  private static final Logger log = LoggerFactory.getLogger(MomentoHints.class);

  /**
   * The number is that of the format: instances of a version with another format use another topic.
   */
  private static final String TOPIC = "accounts.changed.2";

  /**
   * Hints beyond these in flight are dropped; near caches that miss them rely on the age of their
   * entries.
   */
  private static final int IN_FLIGHT = 256;

  private final MomentoTopic topic;
  private final Duration timeout;
  private final Semaphore inFlight = new Semaphore(IN_FLIGHT);

  /**
   * @param cacheName where the topic is
   * @param timeout longest time for publishing a hint
   */
  public MomentoHints(CredentialProvider credentials, String cacheName, Duration timeout) {
    this.topic = new MomentoTopic(credentials, cacheName, TOPIC);
    this.timeout = timeout;
  }

  @Override
  public void changed(Map<EntityKey<?>, Revision> keys) {
    keys.forEach((key, revision) -> publish(HintText.of(key, revision)));
  }

  private void publish(String text) {
    if (inFlight.tryAcquire()) {
      topic.publish(text, timeout, new Release());
    }
  }

  /**
   * Subscribes until this is closed.
   *
   * @param changed called with each changed key and its revision, on a gRPC thread that must not be
   *     blocked
   * @param missed called when hints may have been missed
   * @param timer opens the next stream when one has ended
   */
  public void listen(
      BiConsumer<EntityKey<?>, Revision> changed, Runnable missed, ScheduledExecutorService timer) {
    new HintStream(topic, changed, missed, timer, HintStream.SILENCE).open();
  }

  @Override
  public void close() {
    topic.close();
  }

  private final class Release implements StreamObserver<_Empty> {

    @Override
    public void onNext(_Empty empty) {}

    @Override
    public void onError(Throwable failure) {
      inFlight.release();
      log.debug("hint not given", failure);
    }

    @Override
    public void onCompleted() {
      inFlight.release();
    }
  }
}
