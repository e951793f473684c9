package accounts.service;

import accounts.async.CallScope;
import accounts.domain.Account;
import accounts.domain.EntityKey;
import accounts.domain.EntityKey.AccountKey;
import accounts.domain.Lookup;
import accounts.store.AccountStore;
import accounts.store.DirectoryPage;
import accounts.store.DirectoryQuery;
import accounts.store.DirectoryStore;
import accounts.store.Lookups;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/**
 * Lists of users and of organizations by name. Futures fail with {@link
 * accounts.domain.AccountException}.
 */
public final class AccountLists {

  private final DirectoryStore directory;
  private final AccountStore store;

  /**
   * @param directory where names are found
   * @param store what they name is read from
   */
  public AccountLists(DirectoryStore directory, AccountStore store) {
    this.directory = directory;
    this.store = store;
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
   * @param query of at most 300
   */
  public CompletableFuture<Page> list(DirectoryQuery query, CallScope scope) {
    CompletableFuture<Boolean> incomplete = incomplete(query, scope);
    return directory
        .list(query, scope)
        .thenCompose(page ->
            named(page, query, scope)
                .thenCombine(incomplete, (accounts, isSo) -> new Page(accounts, next(page), isSo)));
  }

  /** Labels are younger than the directory: whatever has one has its entry. */
  private CompletableFuture<Boolean> incomplete(DirectoryQuery query, CallScope scope) {
    return query.label().isPresent()
        ? CompletableFuture.completedFuture(false)
        : directory.round(scope).thenApply(round -> round.ended() == 0);
  }

  private static Optional<AccountKey<?>> next(DirectoryPage page) {
    return page.more() ? Optional.of(page.keys().getLast()) : Optional.empty();
  }

  /** From the store: they need not be in the cache, and would not be read from it again soon. */
  private CompletableFuture<List<Account>> named(
      DirectoryPage page, DirectoryQuery query, CallScope scope) {
    List<EntityKey<?>> keys = List.copyOf(page.keys());
    return keys.isEmpty()
        ? CompletableFuture.completedFuture(List.of())
        : store.read(keys, scope).thenApply(lookups -> there(page.keys(), query, lookups));
  }

  /** Those that still have the label, which may have been removed since the names were read. */
  private static List<Account> there(
      List<AccountKey<?>> keys, DirectoryQuery query, Lookups lookups) {
    List<Account> there = new ArrayList<>();
    for (AccountKey<?> key : keys) {
      Lookup<? extends Account> answer = lookups.get(key);
      answer.toOptional().filter(account -> fits(account, query)).ifPresent(there::add);
    }
    return there;
  }

  private static boolean fits(Account account, DirectoryQuery query) {
    return query.label().map(account.labels()::has).orElse(true);
  }
}
