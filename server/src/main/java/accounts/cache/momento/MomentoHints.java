package accounts.cache.momento;

import accounts.cache.Hints;
import accounts.domain.EntityKey;
import grpc.common._Empty;
import io.grpc.stub.StreamObserver;
import java.time.Duration;
import java.util.Collection;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.Semaphore;
import java.util.function.Consumer;
import momento.sdk.auth.CredentialProvider;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** {@link Hints} by a Momento topic that every instance listens to, this one included. */
public final class MomentoHints implements Hints, AutoCloseable {

  private static final Logger log = LoggerFactory.getLogger(MomentoHints.class);

  /** The number is the format's: instances of a version that writes another do not listen here. */
  private static final String TOPIC = "accounts.changed.1";

  /** More hints than these on their way at once are not given: whoever misses them goes by age. */
  private static final int UNDER_WAY = 256;

  private final MomentoTopic topic;
  private final Duration timeout;
  private final Semaphore underWay = new Semaphore(UNDER_WAY);

  /**
   * @param cacheName where the topic is
   * @param timeout longest time to give a hint
   */
  public MomentoHints(CredentialProvider credentials, String cacheName, Duration timeout) {
    this.topic = new MomentoTopic(credentials, cacheName, TOPIC);
    this.timeout = timeout;
  }

  @Override
  public void changed(Collection<EntityKey<?>> keys) {
    keys.stream().map(HintText::of).forEach(this::publish);
  }

  private void publish(String text) {
    if (underWay.tryAcquire()) {
      topic.publish(text, timeout, new Release());
    }
  }

  /**
   * Listens from now on until this is closed.
   *
   * @param changed called with each key that an instance says it changed, on a gRPC thread that
   *     must not be blocked
   * @param missed called when hints may have been missed
   * @param timer begins again what ended
   */
  public void listen(
      Consumer<EntityKey<?>> changed, Runnable missed, ScheduledExecutorService timer) {
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
      underWay.release();
      log.debug("hint not given", failure);
    }

    @Override
    public void onCompleted() {
      underWay.release();
    }
  }
}
