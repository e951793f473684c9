package accounts.bench.simulation;

import java.time.Duration;
import java.util.random.RandomGenerator;

/** What lies between an instance and its backends. */
final class Network {

  private final Latency cache;
  private final Latency store;
  private final RandomGenerator random;
  private Duration storeDelay = Duration.ZERO;
  private boolean cut;

  Network(Latency cache, Latency store, RandomGenerator random) {
    this.cache = cache;
    this.store = store;
    this.random = random;
  }

  /** Has calls of the cache get no answer, or again get one. */
  void cut(boolean isCut) {
    cut = isCut;
  }

  boolean isCut() {
    return cut;
  }

  /** Has all answers of the store come later by this. */
  void delayStore(Duration delay) {
    storeDelay = delay;
  }

  long cacheLatency() {
    return cache.next(random);
  }

  long storeLatency() {
    return store.next(random) + storeDelay.toNanos();
  }
}
