package accounts.cache;

import accounts.async.CallScope;
import accounts.domain.EntityKey;
import accounts.domain.EntityKey.MembershipKey;
import accounts.domain.EntityKey.OrganizationKey;
import accounts.domain.EntityKey.UserKey;
import accounts.domain.Lookup;
import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.LongSupplier;

/**
 * Answers {@link Consistency#BOUNDED} reads from this instance's memory, with answers that were
 * current at most a given time ago, counted from when the read that produced them began. Every read
 * that passes here leaves its answers behind.
 */
public final class NearCache implements AccountReads {

  private final AccountReads reads;
  private final Duration bound;
  private final LongSupplier nanoTime;
  private final Cache<EntityKey<?>, Reading<?>> users;
  private final Cache<EntityKey<?>, Reading<?>> organizations;
  private final Cache<EntityKey<?>, Reading<?>> memberships;

  /**
   * @param bound the age beyond which an answer is not given
   * @param bytes about how much memory the answers of each kind of entity may take
   * @param nanoTime the clock that readings are dated by
   */
  public NearCache(AccountReads reads, Duration bound, long bytes, LongSupplier nanoTime) {
    this.reads = reads;
    this.bound = bound;
    this.nanoTime = nanoTime;
    this.users = cache(bytes);
    this.organizations = cache(bytes);
    this.memberships = cache(bytes);
  }

  private Cache<EntityKey<?>, Reading<?>> cache(long bytes) {
    // Expiry only frees memory; whether an answer is young enough is asked when it is given.
    return Caffeine.newBuilder()
        .maximumWeight(bytes)
        .<EntityKey<?>, Reading<?>>weigher(Weight::of)
        .expireAfterWrite(bound)
        .build();
  }

  private Cache<EntityKey<?>, Reading<?>> of(EntityKey<?> key) {
    return switch (key) {
      case UserKey user -> users;
      case OrganizationKey organization -> organizations;
      case MembershipKey membership -> memberships;
    };
  }

  @Override
  public CompletableFuture<Readings> getAll(
      Collection<EntityKey<?>> keys, ReadOptions options, CallScope scope) {
    if (options.consistency() != Consistency.BOUNDED) {
      return reads.getAll(keys, options, scope).thenApply(this::kept);
    }
    Map<EntityKey<?>, Reading<?>> near = new HashMap<>();
    List<EntityKey<?>> rest = new ArrayList<>();
    for (EntityKey<?> key : keys) {
      Reading<?> kept = of(key).getIfPresent(key);
      if (kept != null && isGood(kept, options)) {
        near.put(key, kept.from(Source.NEAR_CACHE));
      } else {
        rest.add(key);
      }
    }
    return rest.isEmpty()
        ? CompletableFuture.completedFuture(new Readings(near))
        : reads.getAll(rest, options, scope).thenApply(far -> kept(far).and(near));
  }

  private boolean isGood(Reading<?> reading, ReadOptions options) {
    return nanoTime.getAsLong() - reading.asOf() <= bound.toNanos()
        && !reading.lookup().revision().isBefore(options.minRevision());
  }

  private Readings kept(Readings readings) {
    readings.forEach((key, reading) ->
        of(key)
            .asMap()
            .merge(key, reading, (old, now) -> now.asOf() - old.asOf() >= 0 ? now : old));
    return readings;
  }

  /** Drops what is kept of a key: somebody says that it changed. */
  public void drop(EntityKey<?> key) {
    of(key).invalidate(key);
  }

  /** Drops everything: some changes were not heard of. */
  public void clear() {
    users.invalidateAll();
    organizations.invalidateAll();
    memberships.invalidateAll();
  }

  @Override
  public CompletableFuture<Void> written(
      Map<EntityKey<?>, Lookup<?>> written, Readings seen, CallScope scope) {
    written.keySet().forEach(this::drop);
    return reads.written(written, seen, scope);
  }

  @Override
  public CompletableFuture<Void> rewritten(Collection<EntityKey<?>> keys, CallScope scope) {
    keys.forEach(this::drop);
    return reads.rewritten(keys, scope);
  }

  @Override
  public CompletableFuture<Void> doubted(Collection<EntityKey<?>> keys, CallScope scope) {
    keys.forEach(this::drop);
    return reads.doubted(keys, scope);
  }
}
