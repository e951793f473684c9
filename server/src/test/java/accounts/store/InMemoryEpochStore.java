package accounts.store;

import accounts.async.CallScope;
import accounts.domain.AccountError;
import accounts.domain.AccountException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;

/** An {@link EpochStore} for tests: answers at once unless the test says otherwise. */
public final class InMemoryEpochStore implements EpochStore {

  private final List<Long> values = new ArrayList<>(Epochs.INITIAL.values());

  /** The shards of each raise. */
  public final List<Set<Integer>> raised = Collections.synchronizedList(new ArrayList<>());

  /** Whether everything fails. */
  public volatile boolean away;

  /** Everything is answered when this is complete. */
  public volatile CompletableFuture<Void> gate = CompletableFuture.completedFuture(null);

  @Override
  public CompletableFuture<Epochs> read(CallScope scope) {
    Epochs epochs = present();
    return away ? unavailable() : gate.thenApply(opened -> epochs);
  }

  private synchronized Epochs present() {
    return new Epochs(values);
  }

  @Override
  public CompletableFuture<Void> raise(Set<Integer> shards, CallScope scope) {
    raised.add(shards);
    if (away) {
      return unavailable();
    }
    add(shards);
    return gate.thenApply(opened -> null);
  }

  private synchronized void add(Set<Integer> shards) {
    shards.forEach(shard -> values.set(shard, values.get(shard) + 1));
  }

  private static <T> CompletableFuture<T> unavailable() {
    return CompletableFuture.failedFuture(
        new AccountException(new AccountError.StoreUnavailable(Duration.ofSeconds(1))));
  }
}
