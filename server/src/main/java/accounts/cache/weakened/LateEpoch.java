package accounts.cache.weakened;

import accounts.async.CallScope;
import accounts.cache.AccountCache;
import accounts.cache.EpochLease;
import accounts.cache.ForwardingCache;
import accounts.cache.Stamp;
import accounts.domain.EntityKey;
import accounts.domain.Lookup;
import java.util.concurrent.CompletableFuture;

/** Fills under the epoch that is known after the store was read. */
public record LateEpoch(AccountCache cache, EpochLease lease) implements ForwardingCache {

  @Override
  public CompletableFuture<Void> fill(
      EntityKey<?> key, Lookup<?> lookup, Stamp stamp, CallScope scope) {
    long epoch = lease.epochs().map(epochs -> epochs.of(key)).orElse(stamp.epoch());
    return cache.fill(key, lookup, stamp.atEpoch(epoch), scope);
  }
}
