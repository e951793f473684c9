package accounts.store;

import accounts.async.CallScope;
import accounts.domain.Account;
import accounts.domain.EntityKey.AccountKey;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/**
 * Bounds the reads of the directory by the admission queue of all reads of the store. Its writes
 * are made one after the other, by one instance.
 */
public final class BoundedDirectoryStore implements DirectoryStore {

  private final DirectoryStore delegate;
  private final AdmissionQueue reads;

  /**
   * @param reads the queue for reads
   */
  public BoundedDirectoryStore(DirectoryStore delegate, AdmissionQueue reads) {
    this.delegate = delegate;
    this.reads = reads;
  }

  @Override
  public CompletableFuture<DirectoryPage> list(DirectoryQuery query, CallScope scope) {
    return reads.admit(scope, own -> delegate.list(query, own));
  }

  @Override
  public CompletableFuture<List<Account>> named(List<AccountKey<?>> keys, CallScope scope) {
    return reads.admit(scope, own -> delegate.named(keys, own));
  }

  @Override
  public CompletableFuture<List<Account>> missing(Collection<Account> accounts, CallScope scope) {
    return reads.admit(scope, own -> delegate.missing(accounts, own));
  }

  @Override
  public CompletableFuture<Boolean> enter(Account seen, CallScope scope) {
    return delegate.enter(seen, scope);
  }

  @Override
  public CompletableFuture<DirectoryRound> round(CallScope scope) {
    return reads.admit(scope, delegate::round);
  }

  @Override
  public CompletableFuture<Boolean> advance(
      DirectoryRound seen, DirectoryRound next, CallScope scope) {
    return delegate.advance(seen, next, scope);
  }
}
