package accounts.service;

import accounts.domain.Entity;
import accounts.domain.EntityKey;
import accounts.store.Lookups;
import java.util.HashMap;
import java.util.Map;
import java.util.function.BiConsumer;

/** Answers by key, each with its source. */
public final class ReadResults {

  private final Map<EntityKey<?>, ReadResult<?>> results;

  /**
   * @param results each of the key's own kind; not to be changed any more
   */
  public ReadResults(Map<EntityKey<?>, ReadResult<?>> results) {
    this.results = results;
  }

  /**
   * Returns the answer to a key.
   *
   * @throws IllegalArgumentException if the key was not read
   */
  @SuppressWarnings("unchecked") // the constructor's condition
  public <E extends Entity> ReadResult<E> get(EntityKey<E> key) {
    ReadResult<?> result = results.get(key);
    if (result == null) {
      throw new IllegalArgumentException("not asked for: " + key);
    }
    return (ReadResult<E>) result;
  }

  /** Returns the farthest of the answers' sources. */
  public Source source() {
    Source farthest = Source.NEAR_CACHE;
    for (ReadResult<?> result : results.values()) {
      farthest = result.source().compareTo(farthest) > 0 ? result.source() : farthest;
    }
    return farthest;
  }

  /** Returns when the oldest answer was current, in nanoseconds as {@link ReadResult#asOf}. */
  public long asOf() {
    return results.values().stream()
        .map(ReadResult::asOf)
        .reduce((a, b) -> a - b <= 0 ? a : b)
        .orElse(0L);
  }

  /** Returns the answers without their sources. */
  public Lookups lookups() {
    Lookups.Builder lookups = Lookups.builder();
    results.forEach((key, result) -> put(lookups, key));
    return lookups.build();
  }

  private <E extends Entity> void put(Lookups.Builder lookups, EntityKey<E> key) {
    lookups.put(key, get(key).lookup());
  }

  /** Returns what was seen of each key in the cache. */
  public Map<EntityKey<?>, Stamp> stamps() {
    Map<EntityKey<?>, Stamp> stamps = new HashMap<>();
    results.forEach((key, result) -> stamps.put(key, result.stamp()));
    return stamps;
  }

  /** Visits every answer. */
  public void forEach(BiConsumer<EntityKey<?>, ReadResult<?>> visitor) {
    results.forEach(visitor);
  }

  /** Returns these answers and others. */
  public ReadResults and(Map<EntityKey<?>, ReadResult<?>> others) {
    Map<EntityKey<?>, ReadResult<?>> all = new HashMap<>(results);
    all.putAll(others);
    return new ReadResults(all);
  }

  /** Returns these answers, with those of others instead where both have one. */
  ReadResults and(ReadResults others) {
    return and(others.results);
  }
}
