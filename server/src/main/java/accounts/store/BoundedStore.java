package accounts.store;

import accounts.async.CallScope;
import accounts.domain.EntityKey;
import accounts.domain.RequestId;
import java.util.Collection;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/**
 * Bounds the reads of a store, lists included, by an admission queue. Reads beyond it are shed, so
 * that a lost cache does not lead to an unbounded queue in front of the store. Commits have a queue
 * of their own ({@code FreshCommits}); snapshots are not bounded.
 */
public final class BoundedStore implements AccountStore {

  private final AccountStore delegate;
  private final AdmissionQueue reads;

  /**
   * @param reads the queue for reads
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

  @Override
  public CompletableFuture<EntityPage> scan(
      Optional<ScanPosition> after, int limit, CallScope scope) {
    return reads.admit(scope, own -> delegate.scan(after, limit, own));
  }

  @Override
  public CompletableFuture<AuditPage> listChanges(AuditQuery query, CallScope scope) {
    return reads.admit(scope, own -> delegate.listChanges(query, own));
  }
}
