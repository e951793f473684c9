package accounts.local.momento;

import java.util.List;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.function.Supplier;

/** The existing caches by name. Safe for any thread. */
final class Caches {

  private final ConcurrentSkipListMap<String, Store> stores = new ConcurrentSkipListMap<>();
  private final int maximum;
  private final Supplier<Store> newStore;

  /**
   * Creates a holder of at most {@code maximum} caches.
   *
   * @param newStore creates the store of a new cache
   */
  Caches(int maximum, Supplier<Store> newStore) {
    this.maximum = maximum;
    this.newStore = newStore;
  }

  /** Creates a cache; returns false if it exists. */
  synchronized boolean create(String name) {
    if (stores.containsKey(Limits.cacheName(name))) {
      return false;
    }
    if (stores.size() >= maximum) {
      throw Refusals.limitExceeded(
          "cache_count_limit_exceeded",
          "Caches: " + maximum + " (expected: fewer before one more; delete one)");
    }
    stores.put(name, newStore.get());
    return true;
  }

  /** Deletes a cache and its contents. */
  synchronized void delete(String name) {
    if (stores.remove(Limits.cacheName(name)) == null) {
      throw Refusals.cacheNotFound(name);
    }
  }

  /** Returns the items of a cache. */
  Store store(String name) {
    Store store = stores.get(Limits.cacheName(name));
    if (store == null) {
      throw Refusals.cacheNotFound(name);
    }
    return store;
  }

  /** Fails if the cache does not exist. */
  void requireCache(String name) {
    if (!stores.containsKey(Limits.cacheName(name))) {
      throw Refusals.cacheNotFound(name);
    }
  }

  /** Returns all names, sorted. */
  List<String> names() {
    return List.copyOf(stores.keySet());
  }

  /** Empties every cache; the caches stay. */
  void clear() {
    stores.values().forEach(Store::clear);
  }
}
