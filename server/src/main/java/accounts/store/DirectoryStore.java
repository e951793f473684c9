package accounts.store;

import accounts.async.CallScope;
import accounts.domain.Account;
import accounts.domain.EntityKey.AccountKey;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/**
 * The directory of users and organizations in the source of truth, which {@link
 * AccountStore#commit} changes. Every read is strongly consistent, and fails as one of {@link
 * AccountStore} does.
 */
public interface DirectoryStore {

  /**
   * Lists a page of the names in the directory, in their order. An entry whose name is not valid is
   * left out.
   *
   * @param query with a prefix or a label; {@link DirectoryPages} lists without them
   */
  CompletableFuture<DirectoryPage> list(DirectoryQuery query, CallScope scope);

  /**
   * Reads those of some users and organizations that there are, in the same order. One whose item
   * is not understood is left out.
   *
   * @param keys at most 100
   */
  CompletableFuture<List<Account>> named(List<AccountKey<?>> keys, CallScope scope);

  /**
   * Returns those of some users and organizations that are not in the directory by name. Whoever is
   * has the entries of its labels, too: the versions of the service that made no entries knew of no
   * labels.
   *
   * @param accounts at most 1,000
   */
  CompletableFuture<List<Account>> missing(Collection<Account> accounts, CallScope scope);

  /**
   * Makes the entries of a user or an organization, unless it has changed since it was seen.
   *
   * @return whether it had not
   */
  CompletableFuture<Boolean> enter(Account seen, CallScope scope);

  /** Returns where the search for accounts without entries is. */
  CompletableFuture<DirectoryRound> round(CallScope scope);

  /**
   * Notes a step of the search, unless somebody has made one since it was seen.
   *
   * @return whether nobody had
   */
  CompletableFuture<Boolean> advance(DirectoryRound seen, DirectoryRound next, CallScope scope);
}
