package accounts.cache;

import accounts.domain.Entity;
import accounts.domain.EntityKey;
import accounts.domain.Lookup;
import accounts.domain.Revision;
import accounts.store.Lookups;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.function.BiConsumer;

/** Answers by key, each with where it came from. */
public final class Readings {

  private final Map<EntityKey<?>, Reading<?>> readings;

  /**
   * @param readings each of the key's own kind
   */
  Readings(Map<EntityKey<?>, Reading<?>> readings) {
    this.readings = Map.copyOf(readings);
  }

  /** Returns what is known of keys that were not looked up: nothing to fill the cache by. */
  public static Readings unseen(Collection<EntityKey<?>> keys) {
    Map<EntityKey<?>, Reading<?>> readings = new HashMap<>();
    keys.forEach(key ->
        readings.put(
            key, new Reading<>(new Lookup.Absent<>(Revision.NONE), Source.STORE, 0, Stamp.NONE)));
    return new Readings(readings);
  }

  /**
   * Returns the answer to a key.
   *
   * @throws IllegalArgumentException if the key was not asked
   */
  @SuppressWarnings("unchecked") // the constructor's condition
  public <E extends Entity> Reading<E> get(EntityKey<E> key) {
    Reading<?> reading = readings.get(key);
    if (reading == null) {
      throw new IllegalArgumentException("not asked for: " + key);
    }
    return (Reading<E>) reading;
  }

  /** Returns the farthest place that an answer came from. */
  public Source source() {
    return readings.values().stream()
        .map(Reading::source)
        .max(Source::compareTo)
        .orElse(Source.NEAR_CACHE);
  }

  /** Returns when the oldest answer was current, in nanoseconds as {@link Reading#asOf}. */
  public long asOf() {
    return readings.values().stream()
        .map(Reading::asOf)
        .reduce((a, b) -> a - b <= 0 ? a : b)
        .orElse(0L);
  }

  /** Returns the answers without where they came from. */
  public Lookups lookups() {
    Lookups.Builder lookups = Lookups.builder();
    readings.forEach((key, reading) -> put(lookups, key));
    return lookups.build();
  }

  private <E extends Entity> void put(Lookups.Builder lookups, EntityKey<E> key) {
    lookups.put(key, get(key).lookup());
  }

  /** Returns these answers, dated otherwise. */
  public Readings datedBy(long asOf) {
    Map<EntityKey<?>, Reading<?>> dated = new HashMap<>();
    readings.forEach((key, reading) -> dated.put(key, reading.datedBy(asOf)));
    return new Readings(dated);
  }

  /** Visits every answer. */
  void forEach(BiConsumer<EntityKey<?>, Reading<?>> visitor) {
    readings.forEach(visitor);
  }

  /** Returns these answers and others. */
  Readings and(Map<EntityKey<?>, Reading<?>> others) {
    Map<EntityKey<?>, Reading<?>> all = new HashMap<>(readings);
    all.putAll(others);
    return new Readings(all);
  }
}
