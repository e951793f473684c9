package accounts.store;

import accounts.async.CallScope;
import accounts.domain.EntityKey;
import accounts.domain.RequestId;
import java.util.Collection;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/**
 * Keeps reads of a store, lists among them, within a budget: so many at once, and so many that wait
 * for a place. Reads beyond that are shed, so that a lost cache does not become a queue without end
 * in front of the store. Commits have a queue of their own ({@code FreshCommits}), snapshots pass.
 */
public final class BoundedStore implements AccountStore {

  private final AccountStore delegate;
  private final AdmissionQueue reads;

  /**
   * @param reads where they wait for a place
   */
  public BoundedStore(AccountStore delegate, AdmissionQueue reads) {
    this.delegate = delegate;
    this.reads = reads;
  }

  @Override
  public CompletableFuture<Lookups> read(Collection<EntityKey<?>> keys, CallScope scope) {
    return reads.admit(scope, own -> delegate.read(keys, own));
  }

  @Override
  public CompletableFuture<Snapshot> snapshot(
      Collection<EntityKey<?>> keys, Optional<RequestId> requestId, CallScope scope) {
    return delegate.snapshot(keys, requestId, scope);
  }

  @Override
  public CompletableFuture<CommitResult> commit(Commit commit, CallScope scope) {
    return delegate.commit(commit, scope);
  }

  @Override
  public CompletableFuture<MembershipPage> list(MembershipQuery query, CallScope scope) {
    return reads.admit(scope, own -> delegate.list(query, own));
  }
}
