package accounts.store;

import accounts.async.CallScope;
import accounts.domain.AccountError.Overloaded;
import accounts.domain.AccountException;
import accounts.domain.EntityKey;
import accounts.domain.RequestId;
import java.time.Duration;
import java.util.Collection;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Semaphore;
import java.util.function.Supplier;

/**
 * Keeps reads of a store within a budget: what comes on top is refused at once and never waits, so
 * that a lost cache does not become a queue in front of the store. Writes pass.
 */
public final class BoundedStore implements AccountStore {

  private static final Duration RETRY_AFTER = Duration.ofMillis(100);

  private final AccountStore store;
  private final Semaphore reads;

  /**
   * @param reads how many reads may be under way at once
   */
  public BoundedStore(AccountStore store, int reads) {
    this.store = store;
    this.reads = new Semaphore(reads);
  }

  @Override
  public CompletableFuture<Lookups> read(Collection<EntityKey<?>> keys, CallScope scope) {
    return admitted(() -> store.read(keys, scope));
  }

  @Override
  public CompletableFuture<Snapshot> snapshot(
      Collection<EntityKey<?>> keys, Optional<RequestId> requestId, CallScope scope) {
    return store.snapshot(keys, requestId, scope);
  }

  @Override
  public CompletableFuture<CommitResult> commit(Commit commit, CallScope scope) {
    return store.commit(commit, scope);
  }

  @Override
  public CompletableFuture<MembershipPage> list(MembershipQuery query, CallScope scope) {
    return admitted(() -> store.list(query, scope));
  }

  private <T> CompletableFuture<T> admitted(Supplier<CompletableFuture<T>> read) {
    if (!reads.tryAcquire()) {
      return CompletableFuture.failedFuture(new AccountException(new Overloaded(RETRY_AFTER)));
    }
    return read.get().whenComplete((result, failure) -> reads.release());
  }
}
