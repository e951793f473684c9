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
 * is opened after a pause. A stream without any message, not even a heartbeat, is closed here. When
 * the topic moves to another connection, so does the stream; hints in between count as missed.
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

  /** The one stream whose end is followed by another. */
  private @Nullable Stream current; // guarded by this

  /**
   * @param topic where it is subscribed to at the moment
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

  /** Opens a stream, in the place of the one that there is. */
  synchronized void open() {
    Stream before = current;
    current = new Stream();
    topic.get().subscribe(current);
    if (before != null) {
      before.cancel("another stream takes over");
    }
  }

  private synchronized void openAfter(Stream ended) {
    if (ended == current) {
      open();
    }
  }

  private void openLater(Stream ended) {
    long pause = pauseMillis;
    pauseMillis = Math.min(2 * pause, LONGEST_PAUSE_MILLIS);
    long jittered = pause / 2 + ThreadLocalRandom.current().nextLong(pause);
    try {
      var unused = timer.schedule(() -> openAfter(ended), jittered, TimeUnit.MILLISECONDS);
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
    private volatile @Nullable ClientCallStreamObserver<_SubscriptionRequest> call;

    @Override
    public void beforeStart(ClientCallStreamObserver<_SubscriptionRequest> started) {
      call = started;
      watchdog =
          timer.scheduleAtFixedRate(
              this::endIfSilent, silence.toNanos(), silence.toNanos(), TimeUnit.NANOSECONDS);
    }

    private void endIfSilent() {
      if (!heard) {
        cancel("nothing heard for " + silence);
      }
      heard = false;
    }

    void cancel(String reason) {
      ClientCallStreamObserver<_SubscriptionRequest> started = call;
      if (started != null) {
        started.cancel(reason, null);
      }
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
      openLater(this);
    }
  }
}
