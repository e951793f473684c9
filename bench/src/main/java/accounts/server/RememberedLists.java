package accounts.server;

import accounts.async.CallScope;
import accounts.domain.Account;
import accounts.domain.EntityKey.AccountKey;
import accounts.store.DirectoryPage;
import accounts.store.DirectoryQuery;
import accounts.store.DirectoryRound;
import accounts.store.DirectoryStore;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/** A mutant's directory that lists from memory what it listed within the last second. */
final class RememberedLists implements DirectoryStore {

  private static final Duration AGE = Duration.ofSeconds(1);

  private record Remembered<T>(CompletableFuture<T> answer, long at) {}

  private final DirectoryStore delegate;
  private final Map<DirectoryQuery, Remembered<DirectoryPage>> pages = new ConcurrentHashMap<>();
  private final Map<List<AccountKey<?>>, Remembered<List<Account>>> accounts =
      new ConcurrentHashMap<>();

  RememberedLists(DirectoryStore delegate) {
    this.delegate = delegate;
  }

  @Override
  public CompletableFuture<DirectoryPage> list(DirectoryQuery query, CallScope scope) {
    return remembered(pages, query, () -> delegate.list(query, scope));
  }

  @Override
  public CompletableFuture<List<Account>> named(List<AccountKey<?>> keys, CallScope scope) {
    return remembered(accounts, keys, () -> delegate.named(keys, scope));
  }

  private static <K, T> CompletableFuture<T> remembered(
      Map<K, Remembered<T>> known, K asked, Supplier<CompletableFuture<T>> read) {
    long now = System.nanoTime();
    return known
        .compute(
            asked,
            (key, before) ->
                before != null && now - before.at() < AGE.toNanos()
                    ? before
                    : new Remembered<>(read.get(), now))
        .answer();
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
