package accounts.store;

import accounts.async.CallScope;
import accounts.domain.Account;
import accounts.domain.EntityKey.AccountKey;
import accounts.domain.OrganizationName;
import accounts.domain.Username;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;

/**
 * Bounds the reads that deletions take, by the admission queue of all other reads ({@link
 * BoundedStore}). Their writes are each between two bounded commits.
 */
public final class BoundedDeletionStore implements DeletionStore {

  private final DeletionStore delegate;
  private final AdmissionQueue reads;

  /**
   * @param reads the queue for reads
   */
  public BoundedDeletionStore(DeletionStore delegate, AdmissionQueue reads) {
    this.delegate = delegate;
    this.reads = reads;
  }

  @Override
  public CompletableFuture<Optional<OpenDeletion>> find(AccountKey<?> key, CallScope scope) {
    return reads.admit(scope, own -> delegate.find(key, own));
  }

  @Override
  public CompletableFuture<List<OpenDeletion>> open(int limit, CallScope scope) {
    return reads.admit(scope, own -> delegate.open(limit, own));
  }

  @Override
  public CompletableFuture<Optional<OpenDeletion>> claim(
      OpenDeletion seen, boolean force, CallScope scope) {
    return delegate.claim(seen, force, scope);
  }

  @Override
  public CompletableFuture<Void> drop(OpenDeletion seen, CallScope scope) {
    return delegate.drop(seen, scope);
  }

  @Override
  public <A extends Account> CompletableFuture<Optional<A>> kept(
      AccountKey<A> key, CallScope scope) {
    return reads.admit(scope, own -> delegate.kept(key, own));
  }

  @Override
  public CompletableFuture<Void> forgetRequests(Username username, CallScope scope) {
    return delegate.forgetRequests(username, scope);
  }

  @Override
  public CompletableFuture<Void> forgetInvitations(Username username, CallScope scope) {
    return delegate.forgetInvitations(username, scope);
  }

  @Override
  public CompletableFuture<Set<OrganizationName>> withOneOwner(
      Collection<OrganizationName> organizations, CallScope scope) {
    return reads.admit(scope, own -> delegate.withOneOwner(organizations, own));
  }
}
