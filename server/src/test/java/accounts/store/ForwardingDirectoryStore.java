package accounts.store;

import accounts.async.CallScope;
import accounts.domain.Account;
import accounts.domain.EntityKey.AccountKey;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** A {@link DirectoryStore} that does what another does, for tests that change some of it. */
public abstract class ForwardingDirectoryStore implements DirectoryStore {

  private final DirectoryStore delegate;

  /**
   * @param delegate does everything that is not overridden
   */
  protected ForwardingDirectoryStore(DirectoryStore delegate) {
    this.delegate = delegate;
  }

  @Override
  public CompletableFuture<DirectoryPage> list(DirectoryQuery query, CallScope scope) {
    return delegate.list(query, scope);
  }

  @Override
  public CompletableFuture<List<Account>> named(List<AccountKey<?>> keys, CallScope scope) {
    return delegate.named(keys, scope);
  }

  @Override
  public CompletableFuture<List<Account>> missing(Collection<Account> accounts, CallScope scope) {
    return delegate.missing(accounts, scope);
  }

  @Override
  public CompletableFuture<Boolean> enter(Account seen, CallScope scope) {
    return delegate.enter(seen, scope);
  }

  @Override
  public CompletableFuture<DirectoryRound> round(CallScope scope) {
    return delegate.round(scope);
  }

  @Override
  public CompletableFuture<Boolean> advance(
      DirectoryRound seen, DirectoryRound next, CallScope scope) {
    return delegate.advance(seen, next, scope);
  }
}
