package accounts.cache;

import accounts.async.CallScope;
import accounts.domain.EntityKey;
import accounts.domain.Lookup;
import accounts.store.Epochs;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/**
 * Trusts a cache as far as this instance knows the epochs: without a lease nothing at all, with one
 * what was filled under the epoch known or a later one. Stamps that it hands out carry the epoch
 * known at that moment.
 */
public final class TrustedCache implements AccountCache {

  private final AccountCache cache;
  private final EpochLease lease;

  public TrustedCache(AccountCache cache, EpochLease lease) {
    this.cache = cache;
    this.lease = lease;
  }

  @Override
  public CompletableFuture<Map<EntityKey<?>, CacheAnswer>> getAll(
      Collection<EntityKey<?>> keys, CallScope scope) {
    return cache.getAll(keys, scope).thenApply(this::trusted);
  }

  private Map<EntityKey<?>, CacheAnswer> trusted(Map<EntityKey<?>, CacheAnswer> answers) {
    Optional<Epochs> epochs = lease.epochs();
    Map<EntityKey<?>, CacheAnswer> trusted = new HashMap<>();
    answers.forEach((key, answer) ->
        trusted.put(
            key,
            epochs
                .map(known -> trusted(answer, known.of(key)))
                .orElseGet(CacheAnswer.Unavailable::new)));
    return trusted;
  }

  private static CacheAnswer trusted(CacheAnswer answer, long epoch) {
    return switch (answer) {
      case CacheAnswer.Hit hit when hit.stamp().epoch() < epoch ->
          new CacheAnswer.Miss(hit.stamp().atEpoch(epoch));
      case CacheAnswer.Hit hit -> hit;
      case CacheAnswer.Miss miss -> new CacheAnswer.Miss(miss.stamp().atEpoch(epoch));
      case CacheAnswer.Unavailable unavailable -> unavailable;
    };
  }

  @Override
  public CompletableFuture<Advance> start(EntityKey<?> key, Stamp seen, CallScope scope) {
    return cache.start(key, seen, scope);
  }

  @Override
  public CompletableFuture<Advance> advance(EntityKey<?> key, Stamp seen, CallScope scope) {
    return cache.advance(key, seen, scope);
  }

  @Override
  public CompletableFuture<Void> fill(
      EntityKey<?> key, Lookup<?> lookup, Stamp stamp, CallScope scope) {
    return cache.fill(key, lookup, stamp, scope);
  }

  @Override
  public CompletableFuture<LeaseAnswer> lease(EntityKey<?> key, Stamp stamp, CallScope scope) {
    return cache.lease(key, stamp, scope);
  }
}
