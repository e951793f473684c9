package accounts.cache;

import accounts.async.CallScope;
import accounts.domain.EntityKey;
import accounts.store.Epochs;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/**
 * Trusts a cache as far as this instance knows the epochs: without a lease nothing at all, with one
 * what was filled under just the epoch known. Stamps that it hands out carry the epoch known at
 * that moment.
 */
public record TrustedCache(AccountCache cache, EpochLease lease) implements ForwardingCache {

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
      case CacheAnswer.Hit hit when hit.stamp().epoch() != epoch ->
          new CacheAnswer.Miss(hit.stamp().atEpoch(epoch));
      case CacheAnswer.Hit hit -> hit;
      case CacheAnswer.Miss miss -> new CacheAnswer.Miss(miss.stamp().atEpoch(epoch));
      case CacheAnswer.Unavailable unavailable -> unavailable;
    };
  }
}
