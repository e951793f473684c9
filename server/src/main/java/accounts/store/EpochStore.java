package accounts.store;

import accounts.async.CallScope;
import java.util.Set;
import java.util.concurrent.CompletableFuture;

/**
 * Numbers that only grow, one for each shard of the keys. An instance trusts the cache only as far
 * as it knows them; see {@code docs/freshness.md}. Methods fail as those of {@link AccountStore}
 * do.
 */
public interface EpochStore {

  /** Reads all epochs, as they were at one moment since the call. */
  CompletableFuture<Epochs> read(CallScope scope);

  /** Raises the epochs of some shards. */
  CompletableFuture<Void> raise(Set<Integer> shards, CallScope scope);
}
