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
 * What deletions need of the source of truth beside {@link AccountStore}. Every read is strongly
 * consistent, and fails as one of {@link AccountStore} does.
 */
public interface DeletionStore {

  /** Returns the note of a deletion; empty if none is in progress. */
  CompletableFuture<Optional<OpenDeletion>> find(AccountKey<?> key, CallScope scope);

  /**
   * Returns deletions that have not ended, in the order of their keys. Notes that cannot be read
   * are left out.
   *
   * @param limit the most to return; 1 or more
   */
  CompletableFuture<List<OpenDeletion>> open(int limit, CallScope scope);

  /**
   * Takes a deletion over, unless somebody has got on with it since it was seen.
   *
   * @param force whether memberships are removed from now on, if they were not before
   * @return the deletion as taken over; empty if somebody has got on with it
   */
  CompletableFuture<Optional<OpenDeletion>> claim(
      OpenDeletion seen, boolean force, CallScope scope);

  /** Removes the note of a deletion, unless somebody has got on with it since it was seen. */
  CompletableFuture<Void> drop(OpenDeletion seen, CallScope scope);

  /** Returns what was kept of a deleted user or organization, at the revision of its deletion. */
  <A extends Account> CompletableFuture<Optional<A>> kept(AccountKey<A> key, CallScope scope);

  /**
   * Forgets the outcomes of all requests that hold names of a person, which are listed under its
   * username as they are recorded. May be repeated.
   */
  CompletableFuture<Void> forgetRequests(Username username, CallScope scope);

  /** Removes all invitations of a user. May be repeated. */
  CompletableFuture<Void> forgetInvitations(Username username, CallScope scope);

  /**
   * Returns those of some organizations that have no more than one owner.
   *
   * @param organizations at most 100
   */
  CompletableFuture<Set<OrganizationName>> withOneOwner(
      Collection<OrganizationName> organizations, CallScope scope);
}
