package accounts.repair.dynamodb;

import accounts.async.CallScope;
import accounts.cache.AccountCache;
import accounts.cache.Advance;
import accounts.cache.CacheAnswer;
import accounts.cache.LeaseAnswer;
import accounts.cache.Stamp;
import accounts.domain.EntityKey;
import accounts.domain.Lookup;
import java.util.Collection;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;

/** Counts how often generations are moved on. */
record CountedAdvances(AccountCache cache, AtomicInteger advances) implements AccountCache {

  @Override
  public CompletableFuture<Map<EntityKey<?>, CacheAnswer>> getAll(
      Collection<EntityKey<?>> keys, CallScope scope) {
    return cache.getAll(keys, scope);
  }

  @Override
  public CompletableFuture<Advance> start(EntityKey<?> key, Stamp seen, CallScope scope) {
    return cache.start(key, seen, scope);
  }

  @Override
  public CompletableFuture<Advance> advance(EntityKey<?> key, Stamp seen, CallScope scope) {
    advances.incrementAndGet();
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
