package accounts.cache;

import accounts.domain.Entity;
import accounts.domain.EntityKey;
import accounts.store.Lookups;
import java.time.Duration;
import java.util.Map;

/** Answers by key, each with where it came from. */
public final class Readings {

  private final Map<EntityKey<?>, Reading<?>> readings;

  /**
   * @param readings each of the key's own kind
   */
  Readings(Map<EntityKey<?>, Reading<?>> readings) {
    this.readings = Map.copyOf(readings);
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

  /** Returns the age of the oldest answer. */
  public Duration age() {
    return readings.values().stream()
        .map(Reading::age)
        .max(Duration::compareTo)
        .orElse(Duration.ZERO);
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
}
