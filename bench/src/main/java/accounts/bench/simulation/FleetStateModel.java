package accounts.bench.simulation;

import accounts.async.CallScope;
import accounts.store.Epochs;
import accounts.store.FleetState;
import accounts.store.FleetStateStore;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;

/**
 * The fleet's state in the table, which is there from the start, and how each instance reads it.
 */
final class FleetStateModel {

  private final EventLoop loop;
  private final Rate reads;
  private FleetState state;
  private int raises;

  FleetStateModel(EventLoop loop, FleetState state) {
    this.loop = loop;
    this.state = state;
    this.reads = new Rate(loop);
  }

  FleetState state() {
    return state;
  }

  /** Returns the reads of one copy. */
  Rate reads() {
    return reads;
  }

  /** Returns how often epochs were raised. */
  int raises() {
    return raises;
  }

  /** Returns the state as an instance reaches it. */
  FleetStateStore through(Network network) {
    return new Link(network);
  }

  private boolean raise(FleetState seen, Set<Integer> shards) {
    if (shards.stream().anyMatch(shard -> !epoch(seen, shard).equals(epoch(state, shard)))) {
      return false;
    }
    List<Long> values = new ArrayList<>(state.epochs().values());
    shards.forEach(shard -> values.set(shard, values.get(shard) + 1));
    state =
        new FleetState(state.incarnation(), state.tableId(), state.settings(), new Epochs(values));
    raises++;
    return true;
  }

  private static Long epoch(FleetState of, int shard) {
    return of.epochs().values().get(shard);
  }

  private final class Link implements FleetStateStore {

    private final Network network;

    Link(Network network) {
      this.network = network;
    }

    @Override
    public CompletableFuture<Found> read(CallScope scope) {
      reads.add(1);
      return loop.answer(
          network.storeLatency(),
          () -> new Found(Optional.of(state.incarnation()), Optional.of(state)));
    }

    @Override
    public CompletableFuture<Found> readAll(CallScope scope) {
      return read(scope);
    }

    @Override
    public CompletableFuture<Boolean> replace(
        Optional<String> expected, FleetState next, CallScope scope) {
      return loop.answer(network.storeLatency(), () -> false);
    }

    @Override
    public CompletableFuture<Boolean> raise(FleetState seen, Set<Integer> shards, CallScope scope) {
      return loop.answer(network.storeLatency(), () -> FleetStateModel.this.raise(seen, shards));
    }
  }
}
