package accounts.bench.simulation;

import accounts.cache.Cell;
import accounts.cache.CellKey;
import accounts.domain.EntityKey.UserKey;
import accounts.domain.Lookup;
import accounts.service.EntityReader;
import accounts.store.Epochs;
import accounts.store.FleetSettings;
import accounts.store.FleetState;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;

/** Instances over one cache and one table, all of it simulated on one event loop. */
final class Fleet {

  /** {@code ACCOUNTS_EPOCH_LEASE}. */
  static final Duration LEASE = Duration.ofSeconds(1);

  private static final String INCARNATION = "simulated2345672";

  private final EventLoop loop = new EventLoop();
  private final Settings settings;
  private final RandomGenerator random;
  private final CacheModel cache;
  private final StoreModel store;
  private final FleetStateModel states;
  private final StreamModel stream;
  private final HintTopic hints;
  private final List<SimulatedInstance> instances = new ArrayList<>();

  private Fleet(Settings settings) {
    this.settings = settings;
    this.random = new SplittableRandom(settings.seed());
    this.cache = new CacheModel(loop, settings.ttl(), settings.jitter(), random);
    this.store = new StoreModel(loop, settings.partitions());
    this.states = new FleetStateModel(loop, state());
    this.stream = new StreamModel(loop);
    this.hints = new HintTopic(loop, settings.cache(), random);
  }

  private static FleetState state() {
    return new FleetState(
        INCARNATION,
        "table",
        new FleetSettings(CellKey.FORMAT, "simulated", LEASE, 1),
        new Epochs(Collections.nCopies(Epochs.SHARDS, 1_000_000L)));
  }

  /** Starts a fleet; its instances have their leases. */
  static Fleet start(Settings settings) {
    Fleet fleet = new Fleet(settings);
    for (int i = 0; i < settings.instances(); i++) {
      fleet.instances.add(new SimulatedInstance(fleet, i));
    }
    fleet.store.streamTo(fleet.stream::add);
    if (settings.renewals()) {
      fleet.loop.advance(LEASE.multipliedBy(3));
    }
    return fleet;
  }

  EventLoop loop() {
    return loop;
  }

  Settings settings() {
    return settings;
  }

  RandomGenerator random() {
    return random;
  }

  CacheModel cache() {
    return cache;
  }

  StoreModel store() {
    return store;
  }

  FleetStateModel states() {
    return states;
  }

  StreamModel stream() {
    return stream;
  }

  HintTopic hints() {
    return hints;
  }

  List<SimulatedInstance> instances() {
    return instances;
  }

  /** Returns the reading side of an instance. */
  EntityReader reads(int instance) {
    return instances.get(instance).reads();
  }

  /**
   * Puts a user into the cache as if it had been there before.
   *
   * @param livedShare of its time to live, from 0 to 1
   */
  void preload(UserKey key, double livedShare) {
    Cell.Value value =
        new Cell.Value(states.state().epochs().of(key), new Lookup.Found<>(Users.unchanged(key)));
    cache.preload(cellOf(key), value, livedShare);
  }

  /** Has the cell of a user expire now. */
  void expire(UserKey key) {
    cache.forget(cellOf(key));
  }

  private CellKey cellOf(UserKey key) {
    return CellKey.of(states.state().incarnation(), key);
  }

  /** Delays all answers of the table. */
  void delayStore(Duration delay) {
    instances.forEach(instance -> instance.network().delayStore(delay));
  }
}
