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
 * {@link InvalidationHints} by a Momento topic that every instance listens to, this one included.
 */
public final class MomentoHints implements InvalidationHints, AutoCloseable {

  private static final Logger log = LoggerFactory.getLogger(MomentoHints.class);

  /** The number is the format's: instances of a version that writes another do not listen here. */
  private static final String TOPIC = "accounts.changed.2";

  /** More hints than these on their way at once are not given: whoever misses them goes by age. */
  private static final int IN_FLIGHT = 256;

  private final MomentoTopic topic;
  private final Duration timeout;
  private final Semaphore inFlight = new Semaphore(IN_FLIGHT);

  /**
   * @param cacheName where the topic is
   * @param timeout longest time to give a hint
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
   * Listens from now on until this is closed.
   *
   * @param changed called with each key that an instance says it changed, and its revision, on a
   *     gRPC thread that must not be blocked
   * @param missed called when hints may have been missed
   * @param timer begins again what ended
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
