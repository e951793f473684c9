package accounts.bench.simulation;

import accounts.read.NearCache;
import java.time.Duration;

/**
 * A fleet and its backends. What is not said here is as the server has it by default.
 *
 * @param instances how many
 * @param ttl {@code ACCOUNTS_CACHE_TTL}
 * @param jitter by how much of it an answer's time to live may be shorter, from 0 to 1
 * @param bound {@code ACCOUNTS_BOUNDED_AGE}
 * @param refreshAt the share of it after which an answer that is asked for is read anew; more than
 *     1: never
 * @param renewals whether instances read the epochs all the time; if not, their lease never ends
 * @param partitions of the table; 0: it never refuses a read
 * @param cache latency of a call of the cache
 * @param store latency of a call of the table
 * @param seed of everything random
 */
record Settings(
    int instances,
    Duration ttl,
    double jitter,
    Duration bound,
    double refreshAt,
    boolean renewals,
    int partitions,
    Latency cache,
    Latency store,
    long seed) {

  /** As a call of Momento in the same region may take. */
  private static final Latency CACHE =
      new Latency(Duration.ofNanos(800_000), Duration.ofNanos(400_000));

  /** As a consistent read of DynamoDB may take. */
  private static final Latency STORE = new Latency(Duration.ofMillis(3), Duration.ofMillis(2));

  /** Returns a fleet with the server's defaults, whose lease never ends, on an endless table. */
  static Settings of(int instances, long seed) {
    return new Settings(
        instances,
        Duration.ofMinutes(30),
        0,
        Duration.ofSeconds(1),
        NearCache.REFRESHED_AT,
        false,
        0,
        CACHE,
        STORE,
        seed);
  }

  Settings withTtl(Duration other) {
    return new Settings(
        instances, other, jitter, bound, refreshAt, renewals, partitions, cache, store, seed);
  }

  Settings withJitter(double other) {
    return new Settings(
        instances, ttl, other, bound, refreshAt, renewals, partitions, cache, store, seed);
  }

  Settings withRenewals() {
    return new Settings(
        instances, ttl, jitter, bound, refreshAt, true, partitions, cache, store, seed);
  }

  Settings withPartitions(int other) {
    return new Settings(
        instances, ttl, jitter, bound, refreshAt, renewals, other, cache, store, seed);
  }

  Settings withRefreshAt(double other) {
    return new Settings(
        instances, ttl, jitter, bound, other, renewals, partitions, cache, store, seed);
  }

  /** Returns the age from which on an answer that is asked for is read anew. */
  Duration refreshAfter() {
    return Duration.ofNanos((long) (refreshAt * bound.toNanos()));
  }
}
