package accounts.store;

import accounts.async.CallScope;
import accounts.domain.AccountError;
import accounts.domain.AccountException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;

/** A {@link FleetStateStore} for tests: answers at once unless the test says otherwise. */
public final class InMemoryFleetStateStore implements FleetStateStore {

  private Found present = new Found(Optional.empty(), Optional.empty());

  /** The shards of each raise, in vain or not. */
  public final List<Set<Integer>> raised = Collections.synchronizedList(new ArrayList<>());

  /** Whether everything fails. */
  public volatile boolean away;

  /** How many raises fail from now on as if they had met another transaction. */
  public final AtomicInteger contended = new AtomicInteger();

  /** Everything is answered when this is complete; what is answered is decided at the call. */
  public volatile CompletableFuture<Void> gate = CompletableFuture.completedFuture(null);

  /** Runs before the next raise takes place, as what another instance does. */
  public volatile Runnable beforeRaise = () -> {};

  /** Puts something in the table as somebody would who does not use the port. */
  public synchronized void put(FleetState state) {
    present = new Found(Optional.of(state.incarnation()), Optional.of(state));
  }

  /** Deletes the state. */
  public synchronized void delete() {
    present = new Found(Optional.empty(), Optional.empty());
  }

  /** Makes nonsense of the state, but not of its incarnation. */
  public synchronized void damage() {
    present = new Found(present.incarnation(), Optional.empty());
  }

  /** Returns the state. */
  public synchronized Optional<FleetState> state() {
    return present.state();
  }

  @Override
  public CompletableFuture<Found> read(CallScope scope) {
    return answered(present());
  }

  private synchronized Found present() {
    return present;
  }

  @Override
  public CompletableFuture<Found> readAll(CallScope scope) {
    return read(scope);
  }

  @Override
  public CompletableFuture<Boolean> replace(
      Optional<String> expected, FleetState next, CallScope scope) {
    return answered(!away && isReplaced(expected, next));
  }

  private synchronized boolean isReplaced(Optional<String> expected, FleetState next) {
    if (!present.incarnation().equals(expected)) {
      return false;
    }
    put(next);
    return true;
  }

  @Override
  public CompletableFuture<Boolean> raise(FleetState seen, Set<Integer> shards, CallScope scope) {
    raised.add(shards);
    beforeRaise.run();
    if (contended.getAndUpdate(left -> Math.max(0, left - 1)) > 0) {
      return CompletableFuture.failedFuture(
          new AccountException(new AccountError.StoreThrottled(Duration.ofSeconds(1))));
    }
    return answered(!away && isRaised(seen, shards));
  }

  private synchronized boolean isRaised(FleetState seen, Set<Integer> shards) {
    Optional<FleetState> state = present.state();
    if (state.isEmpty()
        || !state.get().incarnation().equals(seen.incarnation())
        || shards.stream().anyMatch(shard -> epoch(state.get(), shard) != epoch(seen, shard))) {
      return false;
    }
    put(raised(state.get(), shards));
    return true;
  }

  /** Returns a state with the epochs of some shards raised by one. */
  public static FleetState raised(FleetState state, Set<Integer> shards) {
    List<Long> values = new ArrayList<>(state.epochs().values());
    shards.forEach(shard -> values.set(shard, values.get(shard) + 1));
    return new FleetState(
        state.incarnation(), state.tableId(), state.settings(), new Epochs(values));
  }

  private static long epoch(FleetState state, int shard) {
    return state.epochs().values().get(shard);
  }

  private <T> CompletableFuture<T> answered(T answer) {
    return away
        ? CompletableFuture.failedFuture(
            new AccountException(new AccountError.StoreUnavailable(Duration.ofSeconds(1))))
        : gate.thenApply(opened -> answer);
  }
}
