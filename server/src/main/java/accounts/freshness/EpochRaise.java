package accounts.freshness;

import accounts.async.CallScope;
import accounts.domain.AccountError.StoreThrottled;
import accounts.domain.AccountError.StoreUnavailable;
import accounts.domain.AccountException;
import accounts.store.FleetState;
import accounts.store.FleetStateStore;
import accounts.store.FleetStateStore.Found;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * One raise of the epochs of some shards. A shard that another instance has raised since this raise
 * began needs none of its own, and a new incarnation raises all of them.
 *
 * <p>Where the table's id is not known, the state is raised as it is: if it is another table's,
 * whoever knows the id uses no cell by it.
 */
final class EpochRaise {

  private static final int ROUNDS = 8;
  private static final Duration LONGEST_PAUSE = Duration.ofMillis(50);
  private static final Duration RETRY_AFTER = Duration.ofMillis(500);

  private final FleetStateStore store;
  private final Minter minter;
  private final Set<Integer> shards;
  private final Function<Duration, CompletableFuture<Void>> pause;

  /**
   * A finished raise, and how to check that it has not been undone.
   *
   * @param lease the longest lease that the fleet's state allowed for
   * @param incarnation that it was done in
   * @param above for each shard, the epoch that it was raised from
   */
  record Raised(Duration lease, String incarnation, Map<Integer, Long> above) {

    boolean standsIn(Found found) {
      return found.incarnation().equals(Optional.of(incarnation))
          && found.state().isPresent()
          && above.entrySet().stream()
              .allMatch(shard -> epoch(found.state().get(), shard.getKey()) > shard.getValue());
    }
  }

  /** The first usable state that was read; differences from it were made by other instances. */
  private volatile @Nullable Found before;

  /**
   * @param pause completes after a time
   */
  EpochRaise(
      FleetStateStore store,
      Minter minter,
      Set<Integer> shards,
      Function<Duration, CompletableFuture<Void>> pause) {
    this.store = store;
    this.minter = minter;
    this.shards = Set.copyOf(shards);
    this.pause = pause;
  }

  /** Runs the raise. Fails as the store does. */
  CompletableFuture<Raised> run(CallScope scope) {
    return round(1, scope);
  }

  private CompletableFuture<Raised> round(int round, CallScope scope) {
    return tried(scope)
        .thenCompose(raised ->
            raised.isPresent()
                ? CompletableFuture.completedFuture(raised.get())
                : again(round, scope));
  }

  private CompletableFuture<Raised> again(int round, CallScope scope) {
    if (round == ROUNDS) {
      return CompletableFuture.failedFuture(new AccountException(new StoreThrottled(RETRY_AFTER)));
    }
    return pause.apply(randomPause()).thenCompose(nothing -> round(round + 1, scope));
  }

  /**
   * Many instances may raise at once; a random pause keeps those that lost from colliding again.
   */
  private static Duration randomPause() {
    return Duration.ofNanos(ThreadLocalRandom.current().nextLong(1, LONGEST_PAUSE.toNanos() + 1));
  }

  /** Returns the finished raise; empty if another round is needed. */
  private CompletableFuture<Optional<Raised>> tried(CallScope scope) {
    return store
        .readAll(scope)
        .thenCompose(found -> step(found, scope))
        .exceptionallyCompose(failure ->
            isThrottled(failure)
                ? CompletableFuture.completedFuture(Optional.empty())
                : CompletableFuture.failedFuture(failure));
  }

  private static boolean isThrottled(Throwable failure) {
    Throwable cause =
        failure instanceof CompletionException && failure.getCause() != null
            ? failure.getCause()
            : failure;
    return cause instanceof AccountException account && account.error() instanceof StoreThrottled;
  }

  private CompletableFuture<Optional<Raised>> step(Found found, CallScope scope) {
    Found start = before;
    if (start == null) {
      start = found;
      before = found;
    }
    Optional<FleetState> state = found.state().filter(minter::mayBeOfThisTable);
    if (state.isEmpty()) {
      return mint(found, scope);
    }
    if (state.get().settings().copies() != minter.settings().copies()) {
      // Some copies would not be raised, and would still be used.
      return CompletableFuture.failedFuture(
          new AccountException(new StoreUnavailable(RETRY_AFTER)));
    }
    if (!found.incarnation().equals(start.incarnation())) {
      return CompletableFuture.completedFuture(raised(state.get(), Map.of())); // minted since
    }
    return raiseRest(start, found, state.get(), scope);
  }

  private CompletableFuture<Optional<Raised>> raiseRest(
      Found start, Found found, FleetState state, CallScope scope) {
    if (start.state().isEmpty()) { // whole again, under the name it had: nothing known of before
      before = found;
      return raise(state, shards, above(state), scope);
    }
    FleetState first = start.state().get();
    if (shards.stream().anyMatch(shard -> epoch(state, shard) < epoch(first, shard))) {
      return mint(found, scope);
    }
    Set<Integer> rest =
        shards.stream()
            .filter(shard -> epoch(state, shard) == epoch(first, shard))
            .collect(Collectors.toSet());
    return rest.isEmpty()
        ? CompletableFuture.completedFuture(raised(state, above(first)))
        : raise(state, rest, above(first), scope);
  }

  private CompletableFuture<Optional<Raised>> raise(
      FleetState state, Set<Integer> rest, Map<Integer, Long> above, CallScope scope) {
    return store
        .raise(state, rest, scope)
        .thenApply(done -> done ? raised(state, above) : Optional.empty());
  }

  private Map<Integer, Long> above(FleetState state) {
    return shards.stream().collect(Collectors.toMap(shard -> shard, shard -> epoch(state, shard)));
  }

  private CompletableFuture<Optional<Raised>> mint(Found found, CallScope scope) {
    if (!minter.knowsTable()) {
      return CompletableFuture.failedFuture(
          new AccountException(new StoreUnavailable(RETRY_AFTER)));
    }
    FleetState next = minter.mint();
    return store
        .replace(found.incarnation(), next, scope)
        .thenApply(done ->
            done
                ? Optional.of(new Raised(longestLease(found, next), next.incarnation(), Map.of()))
                : Optional.empty());
  }

  private static Duration longestLease(Found found, FleetState next) {
    Duration own = next.settings().lease();
    return found
        .state()
        .map(state -> state.settings().lease())
        .filter(lease -> lease.compareTo(own) > 0)
        .orElse(own);
  }

  private static Optional<Raised> raised(FleetState state, Map<Integer, Long> above) {
    return Optional.of(new Raised(state.settings().lease(), state.incarnation(), above));
  }

  private static long epoch(FleetState state, int shard) {
    return state.epochs().values().get(shard);
  }
}
