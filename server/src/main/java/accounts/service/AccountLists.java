package accounts.service;

import accounts.async.CallScope;
import accounts.domain.Account;
import accounts.domain.EntityKey.AccountKey;
import accounts.store.DirectoryPage;
import accounts.store.DirectoryPages;
import accounts.store.DirectoryQuery;
import accounts.store.DirectoryStore;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/**
 * Lists of users and of organizations by name. Futures fail with {@link
 * accounts.domain.AccountException}.
 */
public final class AccountLists {

  private final DirectoryStore directory;
  private final DirectoryPages names;

  /**
   * @param directory where names are found, and what they name is read
   */
  public AccountLists(DirectoryStore directory) {
    this.directory = directory;
    this.names = new DirectoryPages(directory);
  }

  /**
   * A page of a list.
   *
   * @param accounts all of the query's kind, in the order of their names
   * @param next after which the next page begins; empty on the last page
   * @param incomplete whether some may be missing that older versions of the service have created
   */
  public record Page(List<Account> accounts, Optional<AccountKey<?>> next, boolean incomplete) {

    /** Copies the list. */
    public Page {
      accounts = List.copyOf(accounts);
    }
  }

  /**
   * Returns a page, as it is at some moment since the call: first the names, then what they name.
   * What ended between the two is left out, so a page can have fewer than there are after it.
   *
   * @param query with a limit of at most 100
   */
  public CompletableFuture<Page> list(DirectoryQuery query, CallScope scope) {
    // Before the names: a search that ends between the two has entered some behind them.
    return incomplete(query, scope).thenCompose(isSo -> page(query, isSo, scope));
  }

  /** Labels are younger than the directory: whatever has one has its entry. */
  private CompletableFuture<Boolean> incomplete(DirectoryQuery query, CallScope scope) {
    return query.label().isPresent()
        ? CompletableFuture.completedFuture(false)
        : directory.round(scope).thenApply(round -> !round.isComplete());
  }

  private CompletableFuture<Page> page(DirectoryQuery query, boolean incomplete, CallScope scope) {
    return names
        .list(query, scope)
        .thenCompose(page ->
            named(page, query, scope)
                .thenApply(accounts -> new Page(accounts, next(page), incomplete)));
  }

  private static Optional<AccountKey<?>> next(DirectoryPage page) {
    return page.more() ? Optional.of(page.keys().getLast()) : Optional.empty();
  }

  /**
   * From the store: they need not be in the cache, and would not be read from it again soon. A
   * label may have been removed since the names were read.
   */
  private CompletableFuture<List<Account>> named(
      DirectoryPage page, DirectoryQuery query, CallScope scope) {
    return page.keys().isEmpty()
        ? CompletableFuture.completedFuture(List.of())
        : directory
            .named(page.keys(), scope)
            .thenApply(there -> there.stream().filter(account -> fits(account, query)).toList());
  }

  private static boolean fits(Account account, DirectoryQuery query) {
    return query.label().map(account.labels()::has).orElse(true);
  }
}
