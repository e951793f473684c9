package accounts.freshness;

import accounts.async.CallScope;
import accounts.async.Futures;
import accounts.domain.AccountError.StoreThrottled;
import accounts.domain.AccountException;
import accounts.domain.EntityKey;
import accounts.freshness.EpochRaise.Raised;
import accounts.store.Epochs;
import accounts.store.FleetStateStore;
import java.time.Duration;
import java.util.Collection;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Raises the epochs of the keys' shards and waits until every lease on the epochs before has
 * lapsed. An instance runs one raise at a time, with a pause after each; writers that arrive
 * meanwhile share the next one. While no instance can reach the cache, every write of every
 * instance goes through here.
 */
public final class EpochBarrier implements Barrier {

  /** Pauses within the length of a lease. */
  private static final int PAUSES = 4;

  /** A raise that was undone this often in a row is given up. */
  private static final int ROUNDS = 4;

  private final FleetStateStore store;
  private final Minter minter;
  private final Duration lease;
  private final Duration timeout;
  private final Duration pause;
  private final ScheduledExecutorService timer;
  private final LongSupplier nanoTime;

  /** Collects keys until it begins; null if no writer has arrived since the last one began. */
  private @Nullable Raise next;

  private boolean isRunning;
  private @Nullable Long lastEnd;

  /** Its shards are guarded by the barrier until it begins. */
  private static final class Raise {
    final Set<Integer> shards = new HashSet<>();
    final CompletableFuture<Void> done = new CompletableFuture<>();
  }

  /**
   * @param lease the length of an instance's lease
   * @param timeout longest time for one raise, without the wait for leases after it
   */
  public EpochBarrier(
      FleetStateStore store,
      Minter minter,
      Duration lease,
      Duration timeout,
      ScheduledExecutorService timer,
      LongSupplier nanoTime) {
    this.store = store;
    this.minter = minter;
    this.lease = lease;
    this.timeout = timeout;
    this.pause = lease.dividedBy(PAUSES);
    this.timer = timer;
    this.nanoTime = nanoTime;
  }

  @Override
  public CompletableFuture<Void> raise(Collection<EntityKey<?>> keys, CallScope scope) {
    Raise mine = joined(keys.stream().map(Epochs::shardOf).collect(Collectors.toSet()));
    beginNext();
    return scope.run(scope.remaining(), time -> mine.done.copy());
  }

  /** Returns the raise that begins after this moment. */
  private synchronized Raise joined(Set<Integer> shards) {
    Raise raise = next == null ? new Raise() : next;
    raise.shards.addAll(shards);
    next = raise;
    return raise;
  }

  /** Called without the lock: the store may answer at once. */
  private void beginNext() {
    if (mayBegin()) {
      var unused = after(untilPauseEnds()).whenComplete((nothing, failure) -> begin(failure));
    }
  }

  private synchronized boolean mayBegin() {
    if (isRunning || next == null) {
      return false;
    }
    isRunning = true;
    return true;
  }

  private synchronized Duration untilPauseEnds() {
    return lastEnd == null ? Duration.ZERO : pause.minusNanos(nanoTime.getAsLong() - lastEnd);
  }

  private void begin(@Nullable Throwable failure) {
    Raise raise = begun();
    CompletableFuture<Raised> raised = failure == null ? raise(raise) : Futures.failed(failure);
    var unused =
        raised
            .whenComplete((done, e) -> ended())
            .thenCompose(done -> waited(raise, done, 1))
            .whenComplete((nothing, e) -> complete(raise, e));
  }

  private CompletableFuture<Raised> raise(Raise raise) {
    return new EpochRaise(store, minter, raise.shards, this::after)
        .run(CallScope.of(timeout, nanoTime));
  }

  /**
   * After the wait the raise must still be in the table, which may have been rolled back meanwhile.
   */
  private CompletableFuture<Void> waited(Raise raise, Raised done, int round) {
    return after(waitAfter(done.lease()))
        .thenCompose(nothing -> store.readAll(CallScope.of(timeout, nanoTime)))
        .thenCompose(found ->
            done.standsIn(found) ? CompletableFuture.completedFuture(null) : again(raise, round));
  }

  private CompletableFuture<Void> again(Raise raise, int round) {
    return round == ROUNDS
        ? Futures.failed(new AccountException(new StoreThrottled(pause)))
        : raise(raise).thenCompose(done -> waited(raise, done, round + 1));
  }

  private synchronized Raise begun() {
    Raise raise = next == null ? new Raise() : next;
    next = null;
    return raise;
  }

  private void ended() {
    synchronized (this) {
      isRunning = false;
      lastEnd = nanoTime.getAsLong();
    }
    beginNext();
  }

  private Duration waitAfter(Duration longestLease) {
    return EpochLease.waitFor(longestLease.compareTo(lease) > 0 ? longestLease : lease);
  }

  private static void complete(Raise raise, @Nullable Throwable failure) {
    if (failure == null) {
      raise.done.complete(null);
    } else {
      raise.done.completeExceptionally(failure);
    }
  }

  private CompletableFuture<Void> after(Duration delay) {
    return Futures.after(delay, timer);
  }
}
