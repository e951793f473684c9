package accounts.cache.momento;

import accounts.domain.EntityKey;
import accounts.domain.Revision;
import grpc.cache_client.pubsub._SubscriptionItem;
import grpc.cache_client.pubsub._SubscriptionRequest;
import grpc.cache_client.pubsub._TopicItem;
import io.grpc.stub.ClientCallStreamObserver;
import io.grpc.stub.ClientResponseObserver;
import java.time.Duration;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps a subscription to a topic open as long as the timer runs: when a stream ends, the next one
 * is opened after a pause, on the session that there is then. A stream without any message, not
 * even a heartbeat, is closed here.
 */
final class HintStream {

  /** Several heartbeats of Momento's. */
  static final Duration SILENCE = Duration.ofMinutes(1);

  private static final Logger log = LoggerFactory.getLogger(HintStream.class);

  private static final long FIRST_PAUSE_MILLIS = 100;
  private static final long LONGEST_PAUSE_MILLIS = 10_000;

  private final Supplier<MomentoTopic> topic;
  private final BiConsumer<EntityKey<?>, Revision> changed;
  private final Runnable missed;
  private final ScheduledExecutorService timer;
  private final Duration silence;

  /** Streams follow each other, so only one thread at a time writes it. */
  private volatile long pauseMillis = FIRST_PAUSE_MILLIS;

  /**
   * @param topic of the current session
   * @param silence how long a stream may be silent before it is closed
   */
  HintStream(
      Supplier<MomentoTopic> topic,
      BiConsumer<EntityKey<?>, Revision> changed,
      Runnable missed,
      ScheduledExecutorService timer,
      Duration silence) {
    this.topic = topic;
    this.changed = changed;
    this.missed = missed;
    this.timer = timer;
    this.silence = silence;
  }

  void open() {
    topic.get().subscribe(new Stream());
  }

  private void openLater() {
    long pause = pauseMillis;
    pauseMillis = Math.min(2 * pause, LONGEST_PAUSE_MILLIS);
    long jittered = pause / 2 + ThreadLocalRandom.current().nextLong(pause);
    try {
      var unused = timer.schedule(this::open, jittered, TimeUnit.MILLISECONDS);
    } catch (RejectedExecutionException e) {
      log.debug("subscription to hints ended", e); // the timer is shut down: so are we
    }
  }

  /** One subscription. gRPC calls it from one thread at a time. */
  private final class Stream
      implements ClientResponseObserver<_SubscriptionRequest, _SubscriptionItem> {

    private final HintOrder order = new HintOrder(missed);
    private volatile boolean heard;
    private @Nullable ScheduledFuture<?> watchdog;

    @Override
    public void beforeStart(ClientCallStreamObserver<_SubscriptionRequest> call) {
      watchdog =
          timer.scheduleAtFixedRate(
              () -> endIfSilent(call), silence.toNanos(), silence.toNanos(), TimeUnit.NANOSECONDS);
    }

    private void endIfSilent(ClientCallStreamObserver<_SubscriptionRequest> call) {
      if (!heard) {
        call.cancel("nothing heard for " + silence, null);
      }
      heard = false;
    }

    @Override
    public void onNext(_SubscriptionItem item) {
      heard = true;
      pauseMillis = FIRST_PAUSE_MILLIS;
      switch (item.getKindCase()) {
        case ITEM -> hint(item.getItem());
        case DISCONTINUITY -> order.broken();
        case HEARTBEAT -> order.begun();
        case KIND_NOT_SET -> {}
      }
    }

    private void hint(_TopicItem item) {
      order.next(item.getSequencePage(), item.getTopicSequenceNumber());
      HintText.parse(item.getValue().getText())
          .ifPresent(hint -> changed.accept(hint.key(), hint.revision()));
    }

    @Override
    public void onError(Throwable failure) {
      log.debug("hints ended", failure);
      ended();
    }

    @Override
    public void onCompleted() {
      ended();
    }

    private void ended() {
      if (watchdog != null) {
        watchdog.cancel(false);
      }
      openLater();
    }
  }
}
