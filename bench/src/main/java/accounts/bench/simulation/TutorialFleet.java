package accounts.bench.simulation;

import accounts.async.CallScope;
import accounts.cache.Cell;
import accounts.cache.CellAnswer;
import accounts.cache.CellKey;
import accounts.domain.EntityKey;
import accounts.domain.EntityKey.UserKey;
import accounts.domain.Lookup;
import accounts.domain.PersonName;
import accounts.domain.User;
import accounts.service.ReadOptions;
import accounts.service.ReadResult;
import accounts.service.ReadResults;
import accounts.service.Source;
import accounts.service.Stamp;
import accounts.store.Change;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;

/**
 * The tutorial's read-aside, over the same models of the cache and the table: get; after a miss
 * read and set; after a write set. No instance knows of anybody else's loads, nor of its own.
 */
final class TutorialFleet implements Player.Target {

  private final EventLoop loop = new EventLoop();
  private final CacheModel cache;
  private final StoreModel store;
  private final Network network;

  /**
   * @param settings whose leases, BOUNDED reads and instances are nothing to the tutorial
   */
  TutorialFleet(Settings settings) {
    SplittableRandom random = new SplittableRandom(settings.seed());
    this.cache = new CacheModel(loop, settings.ttl(), settings.jitter(), random);
    this.store = new StoreModel(loop, settings.partitions());
    this.network = new Network(settings.cache(), settings.store(), random.split());
  }

  EventLoop loop() {
    return loop;
  }

  CacheModel cache() {
    return cache;
  }

  StoreModel store() {
    return store;
  }

  Network network() {
    return network;
  }

  @Override
  public CompletableFuture<ReadResults> read(
      int instance, UserKey key, ReadOptions options, CallScope scope) {
    CellKey cell = cellOf(key);
    return loop.answer(network.cacheLatency(), () -> cache.get(cell))
        .thenCompose(answer ->
            answer instanceof CellAnswer.Seen seen && seen.cell() instanceof Cell.Value value
                ? CompletableFuture.completedFuture(results(key, value.lookup(), Source.CACHE))
                : load(key, cell));
  }

  private CompletableFuture<ReadResults> load(UserKey key, CellKey cell) {
    return loop.answer(network.storeLatency(), () -> store.read(Set.<EntityKey<?>>of(key)).get(key))
        .thenApply(lookup -> {
          set(cell, lookup);
          return results(key, lookup, Source.STORE);
        });
  }

  private void set(CellKey cell, Lookup<User> lookup) {
    loop.in(network.cacheLatency(), () -> cache.set(cell, new Cell.Value(0, lookup)));
  }

  @SuppressWarnings("unchecked") // a user's key, and what was stored under it
  private static ReadResults results(UserKey key, Lookup<?> lookup, Source source) {
    return new ReadResults(
        Map.of(key, new ReadResult<>((Lookup<User>) lookup, source, 0, Stamp.NONE)));
  }

  @Override
  public CompletableFuture<?> write(int instance, UserKey key, CallScope scope) {
    return loop.answer(network.storeLatency(), () -> committed(key))
        .thenCompose(user ->
            loop.answer(
                network.cacheLatency(),
                () -> cache.set(cellOf(key), new Cell.Value(0, new Lookup.Found<>(user)))));
  }

  private User committed(UserKey key) {
    User user = store.user(key);
    User changed =
        user.updated(user.firstName(), new PersonName("Changed"), user.labels(), Instant.EPOCH);
    var unused = store.commit(List.of(new Change.Replace(changed)));
    return changed;
  }

  private static CellKey cellOf(UserKey key) {
    return CellKey.of("tutorial", key);
  }

  /** Puts a user into the cache; see {@link Fleet#preload}. */
  void preload(UserKey key, double livedShare) {
    cache.preload(
        cellOf(key), new Cell.Value(0, new Lookup.Found<>(Users.unchanged(key))), livedShare);
  }

  /** Has the cell of a user expire now. */
  void expire(UserKey key) {
    cache.forget(cellOf(key));
  }
}
