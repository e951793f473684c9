package accounts.store;

import accounts.async.CallScope;
import accounts.domain.AccountError.Overloaded;
import accounts.domain.AccountException;
import accounts.domain.EntityKey;
import accounts.domain.RequestId;
import java.time.Duration;
import java.util.Collection;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Semaphore;
import java.util.function.Function;

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
    return admitted(scope, own -> store.read(keys, own));
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
    return admitted(scope, own -> store.list(query, own));
  }

  /**
   * A read keeps its place until it ends, and it ends in its caller's time, whether the caller is
   * still there or not: what was only forgotten would still be under way.
   */
  private <T> CompletableFuture<T> admitted(
      CallScope caller, Function<CallScope, CompletableFuture<T>> read) {
    if (caller.isOver()) {
      return CompletableFuture.failedFuture(new CancellationException("the caller is gone"));
    }
    if (!reads.tryAcquire()) {
      return CompletableFuture.failedFuture(new AccountException(new Overloaded(RETRY_AFTER)));
    }
    CompletableFuture<T> running = read.apply(CallScope.of(caller.remaining()));
    var unused = running.whenComplete((result, failure) -> reads.release());
    // A copy: whoever cancels what it was given ends neither the read nor the giving back.
    return running.copy();
  }
}
