package accounts.watch;

import accounts.domain.AccountError.Overloaded;
import accounts.domain.AccountException;
import accounts.store.ChangeFeed;
import accounts.store.FeedBlock;
import accounts.store.FeedChange;
import accounts.store.FeedPage;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * All watches of this instance. They are served from the tails of the partitions, each of which is
 * read once for all of them, and only while somebody watches it; those who are behind the tails are
 * read for one by one until they have caught up. Changes are not kept for each watch: one that
 * falls behind is read for again, and one whose caller takes nothing for long is ended.
 *
 * <p>May be used from any thread.
 */
public final class Watches {

  private static final Logger log = LoggerFactory.getLogger(Watches.class);

  private static final Duration RETRY_AFTER = Duration.ofSeconds(1);

  /** What arrives within this time, of several partitions, is sent at once. */
  private static final Duration GATHERING = Duration.ofMillis(20);

  /** A block that is missing for as many reads has expired; others are visible in a moment. */
  private static final int MAX_GAPS = 5;

  private final WatchSettings settings;
  private final WatchObserver observer;
  private final BooleanSupplier isFed;
  private final ScheduledExecutorService thread;
  private final LongSupplier nanoTime;
  private final InstantSource clock;
  private final Tails tails;
  private final CatchUp catchUp;
  private final Opening opening;
  private final WatchCounts counts;
  private final Set<OpenWatch> open = new LinkedHashSet<>();
  private boolean isFeeding = true;
  private boolean ticking;
  private boolean passing;
  private boolean stopping;
  private volatile int number;

  /**
   * @param timeout longest time for one read of the feed
   * @param isFed whether some instance appends to the feed, as far as this one knows; asked while
   *     there are watches. Must not block
   * @param thread the thread of all watches; stays the caller's to shut down, after {@link #stop}
   * @param nanoTime in nanoseconds from any origin
   * @param clock is compared with the times of changes
   */
  public Watches(
      ChangeFeed feed,
      Duration timeout,
      WatchSettings settings,
      WatchObserver observer,
      BooleanSupplier isFed,
      ScheduledExecutorService thread,
      LongSupplier nanoTime,
      InstantSource clock) {
    this.settings = settings;
    this.observer = observer;
    this.isFed = isFed;
    this.thread = thread;
    this.nanoTime = nanoTime;
    this.clock = clock;
    this.tails = new Tails(feed, timeout, settings.window(), thread, this::arrived);
    this.catchUp = new CatchUp(feed, timeout, thread);
    this.opening = new Opening(thread);
    this.counts = new WatchCounts(settings.most(), settings.mostOfCaller());
  }

  /** A watch that a caller has. May be used from any thread. */
  public interface Handle {

    /** The caller takes more. */
    void ready();

    /** The caller is gone. */
    void cancel();
  }

  /** Opens a watch; failures are told to the sink, too. */
  public Handle open(WatchRequest request, WatchSink sink) {
    OpenWatch watch = new OpenWatch(request, sink);
    try {
      thread.execute(() -> begin(watch));
    } catch (RejectedExecutionException stopped) {
      sink.end(WatchEnd.STOPPING, request.from());
    }
    return watch;
  }

  /** Returns how many watches are open. */
  public int number() {
    return number;
  }

  /** Ends all watches, and refuses others from now on. Completes when that is done; never fails. */
  public CompletableFuture<Void> stop() {
    try {
      return CompletableFuture.runAsync(this::endAll, thread);
    } catch (RejectedExecutionException stopped) {
      return CompletableFuture.completedFuture(null);
    }
  }

  private void endAll() {
    stopping = true;
    List.copyOf(open).forEach(watch -> guarded(watch, () -> end(watch, WatchEnd.STOPPING)));
  }

  /** A watch, opening or open. */
  private final class OpenWatch implements Handle {

    private final WatchRequest request;
    private final WatchSink sink;
    private List<Tail> tails = List.of();
    private @Nullable Watch watch;
    private boolean isOver;

    OpenWatch(WatchRequest request, WatchSink sink) {
      this.request = request;
      this.sink = sink;
    }

    @Override
    public void ready() {
      run(() -> advance(this));
    }

    @Override
    public void cancel() {
      run(() -> end(this, WatchEnd.CANCELLED));
    }

    private void run(Runnable task) {
      try {
        thread.execute(task);
      } catch (RejectedExecutionException stopped) {
        log.debug("a watch's caller is heard after the end");
      }
    }
  }

  private void begin(OpenWatch opened) {
    if (opened.isOver) {
      return;
    }
    if (stopping) {
      opened.isOver = true;
      opened.sink.end(WatchEnd.STOPPING, opened.request.from());
      return;
    }
    if (!counts.take(opened.request.caller())) {
      opened.isOver = true;
      observer.refused();
      opened.sink.fail(new AccountException(new Overloaded(RETRY_AFTER)));
      return;
    }
    open.add(opened);
    number = counts.all();
    opened.tails = opened.request.subject().partitions().stream().map(tails::use).toList();
    var unused =
        opening
            .places(opened.request, opened.tails, nanoTime.getAsLong())
            .whenCompleteAsync((places, failure) -> begun(opened, places, failure), thread);
    startTicking();
  }

  private void begun(OpenWatch opened, @Nullable List<Place> places, @Nullable Throwable failure) {
    if (opened.isOver) {
      return;
    }
    if (failure != null || places == null) {
      release(opened);
      tell(opened, failure == null ? new IllegalStateException("no places") : failure);
      return;
    }
    if (places.isEmpty()) {
      end(opened, WatchEnd.EXPIRED);
      return;
    }
    long now = nanoTime.getAsLong();
    Watch watch = new Watch(opened.request.subject(), opened.sink, places, observer, now);
    opened.watch = watch;
    isFeeding = isFed.getAsBoolean();
    guarded(opened, () -> watch.send(List.of(), now, isStalled(watch)));
    advance(opened);
  }

  private void release(OpenWatch opened) {
    opened.isOver = true;
    open.remove(opened);
    opened.tails.forEach(tails::release);
    counts.release(opened.request.caller());
    number = counts.all();
  }

  /** Once more does nothing. */
  private void end(OpenWatch opened, WatchEnd end) {
    if (opened.isOver) {
      return;
    }
    if (!open.contains(opened)) { // its beginning is still to come
      opened.isOver = true;
      return;
    }
    release(opened);
    observer.ended(end);
    if (end != WatchEnd.CANCELLED) {
      Watch watch = opened.watch;
      opened.sink.end(end, watch == null ? opened.request.from() : Optional.of(watch.reached()));
    }
  }

  /** A caller that cannot be told anything is gone, or will be. */
  private void guarded(OpenWatch opened, Runnable task) {
    try {
      task.run();
    } catch (RuntimeException e) {
      log.warn("a watch failed and is ended", e);
      if (!opened.isOver) {
        release(opened);
        tell(opened, e);
      }
    }
  }

  private static void tell(OpenWatch opened, Throwable failure) {
    try {
      opened.sink.fail(failure);
    } catch (RuntimeException e) {
      log.debug("a watch's caller cannot be told that it failed", e);
    }
  }

  private void advance(OpenWatch opened) {
    Watch watch = opened.watch;
    if (opened.isOver || watch == null) {
      return;
    }
    long now = nanoTime.getAsLong();
    guarded(
        opened,
        () -> {
          watch.advance(now, isStalled(watch));
          if (watch.isReady(now)) {
            watch.places().stream()
                .filter(place -> place.beginsToRead(now))
                .forEach(place -> read(opened, watch, place));
          }
        });
  }

  private void read(OpenWatch opened, Watch watch, Place place) {
    catchUp.read(
        place,
        () -> !opened.isOver,
        (page, failure) -> {
          if (!opened.isOver) {
            guarded(opened, () -> read(opened, watch, place, page));
          }
        });
  }

  /** What could not be read, or is not visible yet, is read again later. */
  private void read(OpenWatch opened, Watch watch, Place place, @Nullable FeedPage page) {
    long now = nanoTime.getAsLong();
    if (page == null) {
      place.readAgain(now + settings.poll().toNanos(), true);
      return;
    }
    watch.deliver(place, page.blocks(), now, isStalled(watch));
    boolean missing = page.blocks().isEmpty();
    place.readAgain(missing ? now + settings.poll().toNanos() : now, false);
    if (place.gap(missing) >= MAX_GAPS) {
      end(opened, WatchEnd.EXPIRED);
    } else {
      pass();
    }
  }

  private boolean isStalled(Watch watch) {
    return !isFeeding || watch.places().stream().anyMatch(Place::isFailing);
  }

  private void arrived(List<FeedBlock> blocks) {
    Instant oldest =
        blocks.getFirst().changes().stream()
            .map(FeedChange::time)
            .min(Instant::compareTo)
            .orElse(blocks.getFirst().appended());
    observer.arrived(Duration.between(oldest, clock.instant()));
    pass();
  }

  /** Advances all watches soon, those that get something from several partitions once. */
  private void pass() {
    if (!passing) {
      passing = true;
      var unused = thread.schedule(this::advanceAll, GATHERING.toNanos(), TimeUnit.NANOSECONDS);
    }
  }

  private void advanceAll() {
    passing = false;
    List.copyOf(open).forEach(this::advance);
    tails.all().stream().filter(Tail::hasMore).forEach(Tail::poll);
  }

  private void startTicking() {
    if (!ticking) {
      ticking = true;
      nextTick();
    }
  }

  private void nextTick() {
    var unused = thread.schedule(this::tick, settings.poll().toNanos(), TimeUnit.NANOSECONDS);
  }

  /** Reads the tails, and sees to it that no watch is silent or lasts for too long. */
  private void tick() {
    if (open.isEmpty()) {
      ticking = false;
      return;
    }
    try {
      isFeeding = isFed.getAsBoolean();
      tails.all().forEach(Tail::poll);
      long now = nanoTime.getAsLong();
      List.copyOf(open).forEach(opened -> attend(opened, now));
    } catch (RuntimeException e) {
      log.warn("watches were not attended to, which is tried again", e);
    } finally {
      nextTick(); // whatever happens: all watches depend on it
    }
  }

  private void attend(OpenWatch opened, long now) {
    Watch watch = opened.watch;
    if (watch == null) {
      return;
    }
    guarded(
        opened,
        () -> {
          boolean ready = watch.isReady(now);
          if (now - opened.request.endsAt() >= 0) {
            end(opened, WatchEnd.OVER);
          } else if (watch.places().stream().anyMatch(place -> place.tail().isBroken())) {
            end(opened, WatchEnd.EXPIRED);
          } else if (!ready && watch.stuck(now) >= settings.slow().toNanos()) {
            end(opened, WatchEnd.TOO_SLOW);
          } else if (ready && watch.silent(now) >= settings.checkpoint().toNanos()) {
            watch.send(List.of(), now, isStalled(watch));
          }
        });
    advance(opened);
  }
}
