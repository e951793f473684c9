package accounts.server.config;

import static java.util.stream.Collectors.toUnmodifiableMap;

import java.util.Arrays;
import java.util.Locale;
import java.util.Map;

/**
 * A part of the freshness protocol that the proof can switch off, to show that reads go stale
 * without it. Never in production.
 */
public enum Safeguard {
  /** Generations at all: without them, the tutorial's protocol. */
  GENERATIONS,
  /** Moving the generation on after a commit, before the acknowledgement. */
  ADVANCE,
  /** Seeing the generation before the store is read. */
  GENERATION_BEFORE_READ,
  /** Raising the epoch where the cache does not hear of a write. */
  EPOCH_RAISE,
  /** Waiting for leases to lapse after an epoch was raised. */
  EPOCH_WAIT,
  /** Letting a lease lapse. */
  LEASE_EXPIRY,
  /** Knowing the epoch before the store is read. */
  EPOCH_BEFORE_READ,
  /** Joining only loads that begin after the caller came. */
  JOIN_RULE,
  /** Counting the age of what is kept in memory from the beginning of the read. */
  NEAR_AGE,
  /** Filling nothing after a write that saw no generation before. */
  ABSENT_GENERATION,
  /** Starting a lost generation at random. */
  RANDOM_GENERATION,
  /** One generation for all cached formats. */
  SHARED_GENERATIONS,
  /** Reading the cache consistently, not from whatever replica is near. */
  CONSISTENT_READS;

  static final Map<String, Safeguard> BY_NAME =
      Arrays.stream(values()).collect(toUnmodifiableMap(Safeguard::toString, one -> one));

  /** Returns the name by which {@code ACCOUNTS_SAFEGUARDS_OFF} has it. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
