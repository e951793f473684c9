package accounts.server;

import accounts.async.CallScope;
import accounts.store.Epochs;
import accounts.store.FleetState;
import accounts.store.FleetStateStore;
import java.util.Collections;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;

/** A mutant's fleet state in which all tables have the same incarnation and epochs. */
record SharedIncarnation(FleetStateStore delegate) implements FleetStateStore {

  private static final String INCARNATION = "everybodys";
  private static final Epochs EPOCHS = new Epochs(Collections.nCopies(Epochs.SHARDS, 1L));

  @Override
  public CompletableFuture<Found> read(CallScope scope) {
    return delegate.read(scope).thenApply(SharedIncarnation::shared);
  }

  @Override
  public CompletableFuture<Found> readAll(CallScope scope) {
    return delegate.readAll(scope).thenApply(SharedIncarnation::shared);
  }

  private static Found shared(Found found) {
    Optional<FleetState> state =
        found
            .state()
            .map(own -> new FleetState(INCARNATION, own.tableId(), own.settings(), EPOCHS));
    return new Found(found.incarnation(), state);
  }

  @Override
  public CompletableFuture<Boolean> replace(
      Optional<String> expected, FleetState next, CallScope scope) {
    return delegate.replace(expected, next, scope);
  }

  @Override
  public CompletableFuture<Boolean> raise(FleetState seen, Set<Integer> shards, CallScope scope) {
    return delegate.raise(seen, shards, scope);
  }
}
