package accounts.cache;

import accounts.async.CallScope;
import accounts.domain.EntityKey;
import accounts.domain.Lookup;
import java.util.Collection;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/** A cache that passes on to another what it does not do in its own way. */
public interface ForwardingCache extends AccountCache {

  /** Returns the cache that calls are passed on to. */
  AccountCache cache();

  @Override
  default CompletableFuture<Map<EntityKey<?>, CacheAnswer>> getAll(
      Collection<EntityKey<?>> keys, CallScope scope) {
    return cache().getAll(keys, scope);
  }

  @Override
  default CompletableFuture<Advance> start(EntityKey<?> key, Stamp seen, CallScope scope) {
    return cache().start(key, seen, scope);
  }

  @Override
  default CompletableFuture<Advance> advance(EntityKey<?> key, Stamp seen, CallScope scope) {
    return cache().advance(key, seen, scope);
  }

  @Override
  default CompletableFuture<Void> fill(
      EntityKey<?> key, Lookup<?> lookup, Stamp stamp, CallScope scope) {
    return cache().fill(key, lookup, stamp, scope);
  }

  @Override
  default CompletableFuture<LeaseAnswer> lease(EntityKey<?> key, Stamp stamp, CallScope scope) {
    return cache().lease(key, stamp, scope);
  }
}
