package accounts.service;

import accounts.async.CallScope;
import accounts.async.EpisodeLog;
import accounts.async.Futures;
import accounts.domain.AccountError.DeletionUnfinished;
import accounts.domain.AccountError.Refusal;
import accounts.domain.AccountException;
import accounts.domain.EntityKey.AccountKey;
import accounts.store.DeletionStore;
import accounts.store.OpenDeletion;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Finishes deletions that nobody works on any more: those of which a sweep finds that they have not
 * got on since the sweep before. No clocks are compared. One deletion at a time.
 */
public final class DeletionSweeper {

  private static final Logger log = LoggerFactory.getLogger(DeletionSweeper.class);

  /** Deletions that a sweep reads; those behind them are read when these have ended. */
  private static final int SEEN = 1000;

  /**
   * A request makes a step in a fraction of this, so a deletion that rests for a period is left.
   */
  private static final Duration PERIOD = Duration.ofSeconds(10);

  /** The longest time for one deletion in a sweep; another sweep goes on with it. */
  private static final Duration LONGEST = Duration.ofSeconds(60);

  private final DeletionStore store;
  private final Deletions deletions;
  private final Duration period;
  private final ScheduledExecutorService timer;
  private final Runnable finished;
  private final EpisodeLog episodes;

  /** Progress by account, as the last sweep saw it; used by one sweep at a time. */
  private Map<AccountKey<?>, Long> seen = Map.of();

  private volatile boolean closed;
  private volatile CallScope working = CallScope.of(LONGEST);
  private volatile CompletableFuture<Void> running = CompletableFuture.completedFuture(null);

  /**
   * @param period the time between two sweeps, give or take a fifth
   * @param timer waits; must not be blocked
   * @param finished is told of each deletion that was finished here
   * @param nanoTime the time, in nanoseconds from any origin
   */
  public DeletionSweeper(
      DeletionStore store,
      Deletions deletions,
      Duration period,
      ScheduledExecutorService timer,
      Runnable finished,
      LongSupplier nanoTime) {
    this.store = store;
    this.deletions = deletions;
    this.period = period;
    this.timer = timer;
    this.finished = finished;
    this.episodes =
        new EpisodeLog(
            log,
            1,
            "deletions that were left unfinished cannot be finished",
            "unfinished deletions are finished again",
            nanoTime);
  }

  /** As the other constructor, with the period that the service has. */
  public DeletionSweeper(
      DeletionStore store,
      Deletions deletions,
      ScheduledExecutorService timer,
      Runnable finished,
      LongSupplier nanoTime) {
    this(store, deletions, PERIOD, timer, finished, nanoTime);
  }

  /** Begins to sweep, after a period. */
  public void start() {
    long pause = (long) (period.toNanos() * (0.8 + 0.4 * ThreadLocalRandom.current().nextDouble()));
    var unused = timer.schedule(this::sweepAndGoOn, pause, TimeUnit.NANOSECONDS);
  }

  private void sweepAndGoOn() {
    if (closed) {
      return;
    }
    running =
        sweep()
            .handle((done, failure) -> {
              if (failure != null && !closed) {
                episodes.failed(() -> Futures.describe(failure));
              }
              if (!closed) {
                start();
              }
              return null;
            });
  }

  /** Makes one sweep; completes when it has ended. */
  CompletableFuture<Void> sweep() {
    CallScope scope = CallScope.of(LONGEST);
    return Futures.started(() -> store.open(SEEN, scope))
        .thenCompose(open -> {
          List<OpenDeletion> left = open.stream().filter(this::isLeft).toList();
          Map<AccountKey<?>, Long> now = new HashMap<>();
          open.forEach(deletion -> now.put(deletion.key(), deletion.progress()));
          seen = Map.copyOf(now);
          if (left.isEmpty()) {
            episodes.succeeded();
          }
          return oneByOne(left);
        });
  }

  private boolean isLeft(OpenDeletion deletion) {
    return Long.valueOf(deletion.progress()).equals(seen.get(deletion.key()));
  }

  private CompletableFuture<Void> oneByOne(List<OpenDeletion> left) {
    return left.isEmpty() || closed
        ? CompletableFuture.completedFuture(null)
        : finish(left.getFirst()).thenCompose(done -> oneByOne(left.subList(1, left.size())));
  }

  private CompletableFuture<Void> finish(OpenDeletion left) {
    CallScope scope = CallScope.of(LONGEST);
    working = scope;
    if (closed) { // since it was asked for
      scope.cancel();
    }
    return store
        .claim(left, false, scope)
        .thenCompose(claimed ->
            claimed
                .map(taken -> finishClaimed(taken, scope))
                .orElseGet(() -> CompletableFuture.completedFuture(null)))
        .handle((done, failure) -> {
          if (failure == null || closed || isEnd(Futures.cause(failure))) {
            episodes.succeeded();
          } else {
            // The others are finished all the same.
            log.debug("{}: not finished", left.key());
            episodes.failed(() -> Futures.describe(failure));
          }
          return null;
        });
  }

  /** A note of what is not being deleted, as can be made by hand, would stay for ever. */
  private CompletableFuture<Void> finishClaimed(OpenDeletion taken, CallScope scope) {
    return deletions
        .finish(taken, scope)
        .thenRun(finished)
        .exceptionallyCompose(failure ->
            Futures.cause(failure) instanceof Deletions.GoneException
                ? store.drop(taken, scope)
                : Futures.failed(failure));
  }

  /** Given up, ended elsewhere, or to be gone on with by the next sweep. */
  private static boolean isEnd(Throwable failure) {
    return failure instanceof AccountException account
        && (account.error() instanceof Refusal || account.error() instanceof DeletionUnfinished);
  }

  /**
   * Sweeps no more, and ends the step that is being made. Completes when that is done; never fails.
   */
  public CompletableFuture<Void> stop() {
    closed = true;
    working.cancel();
    return running;
  }
}
