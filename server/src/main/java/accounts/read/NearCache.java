package accounts.read;

import accounts.async.CallScope;
import accounts.domain.EntityKey;
import accounts.domain.EntityKey.MembershipKey;
import accounts.domain.EntityKey.OrganizationKey;
import accounts.domain.EntityKey.UserKey;
import accounts.service.Consistency;
import accounts.service.EntityReader;
import accounts.service.ReadOptions;
import accounts.service.ReadResult;
import accounts.service.ReadResults;
import accounts.service.Source;
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
 * current at most a given time ago, counted from when the read that produced them began. FRESH and
 * STORE reads neither use it nor fill it.
 */
public final class NearCache implements EntityReader {

  private final EntityReader delegate;
  private final Duration bound;
  private final LongSupplier nanoTime;
  private final ReadObserver observer;
  private final Cache<EntityKey<?>, ReadResult<?>> users;
  private final Cache<EntityKey<?>, ReadResult<?>> organizations;
  private final Cache<EntityKey<?>, ReadResult<?>> memberships;

  /**
   * @param bound the age beyond which an answer is not given
   * @param bytes about how much memory the answers of each kind of entity may take
   * @param nanoTime the clock that answers are dated by
   * @param observer is notified of every answer, from memory or not
   */
  public NearCache(
      EntityReader delegate,
      Duration bound,
      long bytes,
      LongSupplier nanoTime,
      ReadObserver observer) {
    this.delegate = delegate;
    this.bound = bound;
    this.nanoTime = nanoTime;
    this.observer = observer;
    this.users = cache(bytes);
    this.organizations = cache(bytes);
    this.memberships = cache(bytes);
  }

  private Cache<EntityKey<?>, ReadResult<?>> cache(long bytes) {
    // Expiry only frees memory; whether an answer is young enough is asked when it is given.
    // Maintenance on the caller's thread: it is short, and a hop to a pool costs more than it does.
    return Caffeine.newBuilder()
        .maximumWeight(bytes)
        .<EntityKey<?>, ReadResult<?>>weigher(Weight::of)
        .expireAfterWrite(bound.plusNanos(1))
        .ticker(nanoTime::getAsLong)
        .executor(Runnable::run)
        .build();
  }

  private Cache<EntityKey<?>, ReadResult<?>> of(EntityKey<?> key) {
    return switch (key) {
      case UserKey user -> users;
      case OrganizationKey organization -> organizations;
      case MembershipKey membership -> memberships;
    };
  }

  @Override
  public CompletableFuture<ReadResults> getAll(
      Collection<EntityKey<?>> keys, ReadOptions options, CallScope scope) {
    CompletableFuture<ReadResults> answer =
        options.consistency() == Consistency.BOUNDED
            ? bounded(keys, options, scope)
            : delegate.getAll(keys, options, scope);
    return answer.thenApply(results -> {
      observer.answered(options, results);
      return results;
    });
  }

  private CompletableFuture<ReadResults> bounded(
      Collection<EntityKey<?>> keys, ReadOptions options, CallScope scope) {
    Map<EntityKey<?>, ReadResult<?>> near = new HashMap<>();
    List<EntityKey<?>> rest = new ArrayList<>();
    for (EntityKey<?> key : keys) {
      ReadResult<?> kept = of(key).getIfPresent(key);
      if (kept != null && isGood(kept, options)) {
        near.put(key, kept.from(Source.NEAR_CACHE));
      } else {
        rest.add(key);
      }
    }
    return rest.isEmpty()
        ? CompletableFuture.completedFuture(new ReadResults(near))
        : delegate.getAll(rest, options, scope).thenApply(far -> kept(far).and(near));
  }

  private boolean isGood(ReadResult<?> result, ReadOptions options) {
    return nanoTime.getAsLong() - result.asOf() <= bound.toNanos()
        && !result.lookup().revision().isBefore(options.minRevision());
  }

  private ReadResults kept(ReadResults results) {
    results.forEach((key, result) ->
        of(key).asMap().merge(key, result, (old, now) -> now.asOf() - old.asOf() >= 0 ? now : old));
    return results;
  }

  /** Drops the entry of a key that has changed. */
  public void drop(EntityKey<?> key) {
    of(key).invalidate(key);
  }

  /** Drops all entries, because some changes may have been missed. */
  public void clear() {
    users.invalidateAll();
    organizations.invalidateAll();
    memberships.invalidateAll();
  }
}
