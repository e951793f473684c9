package accounts.local.momento;

import java.util.List;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.function.Supplier;

/** The caches there are, by name. Safe for any thread. */
final class Caches {

  private final ConcurrentSkipListMap<String, Store> stores = new ConcurrentSkipListMap<>();
  private final int maximum;
  private final Supplier<Store> newStore;

  /**
   * Makes a holder of at most {@code maximum} caches.
   *
   * @param newStore makes the store of a new cache
   */
  Caches(int maximum, Supplier<Store> newStore) {
    this.maximum = maximum;
    this.newStore = newStore;
  }

  /** Creates a cache; false if there is one of that name. */
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

  /** Deletes a cache and what it holds. */
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

  /** Refuses what names a cache that is not there. */
  void requireCache(String name) {
    if (!stores.containsKey(Limits.cacheName(name))) {
      throw Refusals.cacheNotFound(name);
    }
  }

  /** Returns all names in their order. */
  List<String> names() {
    return List.copyOf(stores.keySet());
  }

  /** Empties every cache; the caches stay. */
  void clear() {
    stores.values().forEach(Store::clear);
  }
}
