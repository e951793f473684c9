package accounts.service;

import accounts.async.CallScope;
import accounts.async.Futures;
import accounts.domain.Account;
import accounts.domain.AccountError.DeletionUnfinished;
import accounts.domain.AccountError.HasMemberships;
import accounts.domain.AccountError.LastOwner;
import accounts.domain.AccountError.Refusal;
import accounts.domain.AccountError.RequestIdReused;
import accounts.domain.AccountException;
import accounts.domain.EntityKey.AccountKey;
import accounts.domain.EntityKey.MembershipKey;
import accounts.domain.EntityKey.OrganizationKey;
import accounts.domain.EntityKey.UserKey;
import accounts.domain.Membership;
import accounts.domain.OrganizationName;
import accounts.domain.Resource;
import accounts.domain.Role;
import accounts.domain.Username;
import accounts.store.AccountStore;
import accounts.store.Deletion;
import accounts.store.DeletionStore;
import accounts.store.MembershipPage;
import accounts.store.MembershipQuery;
import accounts.store.OpenDeletion;
import accounts.store.Origin;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;

/**
 * Deletes and restores users and organizations. A deletion is a row of mutations: the first admits
 * no more memberships and leaves a note, others remove some memberships each, the last ends the
 * account and removes the note. So any instance can go on where another one stopped.
 *
 * <p>Futures fail with {@link AccountException}.
 */
public final class Deletions {

  /**
   * Memberships that one commit removes, each of which is up to five items of its transaction; and
   * that a refusal names, since its details must fit into a response's trailers.
   */
  private static final int STEP = 16;

  /** Organizations of a user whose owners are counted at once. */
  private static final int COUNTED = 100;

  /** With less time than this no further step is made for a caller. */
  private static final Duration LEAST = Duration.ofMillis(100);

  private static final Duration RETRY_AFTER = Duration.ofSeconds(1);

  private final AccountStore store;
  private final DeletionStore deletions;
  private final MutationExecutor mutations;
  private final Duration retention;

  /**
   * @param retention how long what is deleted can be restored, and its name is reserved
   */
  public Deletions(
      AccountStore store, DeletionStore deletions, MutationExecutor mutations, Duration retention) {
    this.store = store;
    this.deletions = deletions;
    this.mutations = mutations;
    this.retention = retention;
  }

  /**
   * Deletes; goes on with a deletion that has begun. Fails with {@link DeletionUnfinished} when the
   * time of the call is nearly over; the deletion then goes on without it.
   *
   * @return the account as deleted
   */
  public CompletableFuture<List<Resource>> delete(
      DeletionRequest request,
      Optional<RequestIdentity> identity,
      Optional<String> caller,
      CallScope scope) {
    Origin origin =
        new Origin(caller, request.actingUser(), identity.map(RequestIdentity::requestId));
    Deletion deletion =
        new Deletion(
            request.key(), request.force(), origin, identity.map(RequestIdentity::fingerprint));
    return delete(request, deletion, identity, false, scope)
        .exceptionallyCompose(failure ->
            isGone(failure)
                ? unlessOver(
                    deletion.key(), scope, () -> deleteAgain(request, deletion, identity, scope))
                : Futures.failed(failure))
        .exceptionallyCompose(
            failure -> Futures.failed(isGone(failure) ? unfinished(deletion.key()) : failure));
  }

  private CompletableFuture<List<Resource>> delete(
      DeletionRequest request,
      Deletion deletion,
      Optional<RequestIdentity> identity,
      boolean isNoteMissing,
      CallScope scope) {
    return obstacle(request, scope)
        .thenCompose(obstacle ->
            mutations.run(
                new BeginDeletion(deletion, request.expected(), obstacle, isNoteMissing),
                identity,
                deletion.origin(),
                scope))
        .thenCompose(entities ->
            isInProgress(entities)
                ? goOn(deletion, scope)
                : CompletableFuture.completedFuture(entities));
  }

  /**
   * Notes a deletion anew that has begun and has no note; or somebody else has ended it meanwhile,
   * which is what was asked for. Requests with an id are not answered by that: their outcome is
   * remembered as it is.
   */
  private CompletableFuture<List<Resource>> deleteAgain(
      DeletionRequest request,
      Deletion deletion,
      Optional<RequestIdentity> identity,
      CallScope scope) {
    return delete(request, deletion, identity, true, scope)
        .exceptionallyCompose(failure ->
            identity.isEmpty()
                ? deletions
                    .kept(deletion.key(), scope)
                    .thenCompose(kept ->
                        kept.filter(account -> saysItIsDeleted(failure, account))
                            .map(account ->
                                CompletableFuture.completedFuture(List.<Resource>of(account)))
                            .orElseGet(() -> Futures.failed(failure)))
                : Futures.failed(failure));
  }

  /**
   * Whether a failure says that an account is not there since the deletion of which this is kept.
   */
  private static boolean saysItIsDeleted(Throwable failure, Account kept) {
    return Futures.cause(failure) instanceof AccountException refused
        && refused.error().equals(NotFound.of(kept.key(), kept.revision()));
  }

  private static boolean isGone(Throwable failure) {
    return Futures.cause(failure) instanceof GoneException;
  }

  /** A repetition of a request that has ended is answered with the account as deleted. */
  private static boolean isInProgress(List<Resource> entities) {
    return entities.getFirst() instanceof Account account && account.deleting();
  }

  /**
   * Returns why something cannot be deleted. Nothing hinders what is not there, nor a deletion that
   * has begun: the mutation that follows sees to that.
   */
  private CompletableFuture<Optional<Refusal>> obstacle(DeletionRequest request, CallScope scope) {
    return switch (request.key()) {
      case UserKey user when request.force() -> lastOwnership(user, Optional.empty(), scope);
      case AccountKey<?> key when request.force() ->
          CompletableFuture.completedFuture(Optional.empty());
      case AccountKey<?> key ->
          store
              .list(memberships(key, Optional.empty()), scope)
              .thenApply(page ->
                  isHindered(key, page)
                      ? Optional.of(hasMemberships(key, page))
                      : Optional.empty());
    };
  }

  /**
   * Finds an organization that would lose its last owner.
   *
   * @param after only organizations after this one
   */
  private CompletableFuture<Optional<Refusal>> lastOwnership(
      UserKey user, Optional<OrganizationName> after, CallScope scope) {
    return store
        .list(new MembershipQuery.OfUser(user.username(), after, COUNTED), scope)
        .thenCompose(page ->
            lastOwnership(user, page, scope)
                .thenCompose(found ->
                    found.isPresent() || !page.more()
                        ? CompletableFuture.completedFuture(found)
                        : lastOwnership(
                            user,
                            Optional.of(page.memberships().getLast().organization()),
                            scope)));
  }

  private CompletableFuture<Optional<Refusal>> lastOwnership(
      UserKey user, MembershipPage page, CallScope scope) {
    List<OrganizationName> owned =
        page.memberships().stream()
            .filter(membership -> membership.role() == Role.OWNER)
            .map(Membership::organization)
            .toList();
    return owned.isEmpty()
        ? CompletableFuture.completedFuture(Optional.empty())
        : deletions
            .withOneOwner(owned, scope)
            .thenApply(left ->
                left.stream()
                    .sorted()
                    .findFirst()
                    .map(name -> new LastOwner(name, user.username())));
  }

  /** An organization always has an owner, who alone does not keep it. */
  private static boolean isHindered(AccountKey<?> key, MembershipPage page) {
    return switch (key) {
      case UserKey user -> !page.memberships().isEmpty();
      case OrganizationKey organization -> page.memberships().size() > 1;
    };
  }

  private static Refusal hasMemberships(AccountKey<?> key, MembershipPage page) {
    List<MembershipKey> first = page.memberships().stream().map(Membership::key).toList();
    return new HasMemberships(key, first, page.more());
  }

  private static MembershipQuery memberships(AccountKey<?> key, Optional<MembershipKey> after) {
    return switch (key) {
      case UserKey user ->
          new MembershipQuery.OfUser(user.username(), after.map(MembershipKey::organization), STEP);
      case OrganizationKey organization ->
          new MembershipQuery.OfOrganization(
              organization.organization(),
              Optional.empty(),
              after.map(MembershipKey::username),
              STEP);
    };
  }

  /** Goes on with the deletion that is in progress, which another request may have begun. */
  private CompletableFuture<List<Resource>> goOn(Deletion own, CallScope scope) {
    // Acting users are not asked for their role in what is in progress, so they change nothing.
    boolean isForced = own.force() && own.origin().actingUser().isEmpty();
    return found(own.key(), scope)
        .thenCompose(noted ->
            isForced && !noted.deletion().force()
                ? deletions
                    .claim(noted, true, scope)
                    .thenCompose(taken ->
                        taken
                            .map(forced -> finish(forced, scope))
                            .orElseGet(() -> unlessOver(own.key(), scope, () -> goOn(own, scope))))
                : finish(noted, scope));
  }

  private CompletableFuture<OpenDeletion> found(AccountKey<?> key, CallScope scope) {
    return deletions
        .find(key, scope)
        .thenCompose(found ->
            found
                .map(CompletableFuture::completedFuture)
                .orElseGet(() -> Futures.failed(new GoneException())));
  }

  /**
   * Goes on with a deletion that has begun, to its end. What the last step removed is made sure of
   * first: whoever made it may have stopped before its cells showed it, or be about to do so.
   *
   * @return the account as deleted; fails with {@link GoneException} if the deletion is no longer
   *     in progress
   */
  CompletableFuture<List<Resource>> finish(OpenDeletion deletion, CallScope scope) {
    return mutations
        .freshen(Set.copyOf(deletion.step()), scope)
        .thenCompose(fresh -> finish(deletion, last(deletion), scope))
        .exceptionallyCompose(failure ->
            Futures.cause(failure) instanceof OvertakenException
                ? unlessOver(
                    deletion.key(),
                    scope,
                    () -> found(deletion.key(), scope).thenCompose(now -> finish(now, scope)))
                : Futures.failed(failure));
  }

  /** Steps go in the order of the list, and nothing is added to what is being deleted. */
  private static Optional<MembershipKey> last(OpenDeletion deletion) {
    return deletion.step().isEmpty() ? Optional.empty() : Optional.of(deletion.step().getLast());
  }

  /**
   * Goes on after a membership. Those before it are gone, and stay so; a list from the beginning
   * would read again what remains of each, for longer than a list may take if they are many.
   */
  private CompletableFuture<List<Resource>> finish(
      OpenDeletion deletion, Optional<MembershipKey> after, CallScope scope) {
    return unlessOver(
        deletion.key(),
        scope,
        () ->
            store
                .list(memberships(deletion.key(), after), scope)
                .thenCompose(page -> step(deletion, page, scope)));
  }

  private CompletableFuture<List<Resource>> step(
      OpenDeletion deletion, MembershipPage page, CallScope scope) {
    if (!deletion.deletion().force() && isHindered(deletion.key(), page)) {
      return givenUp(deletion, hasMemberships(deletion.key(), page), scope);
    }
    return page.memberships().isEmpty() ? ended(deletion, scope) : removed(deletion, page, scope);
  }

  private CompletableFuture<List<Resource>> removed(
      OpenDeletion deletion, MembershipPage page, CallScope scope) {
    List<MembershipKey> members = page.memberships().stream().map(Membership::key).toList();
    return mutations
        .run(
            new RemoveMemberships(deletion, members),
            Optional.empty(),
            deletion.deletion().origin(),
            scope)
        .thenApply(done -> Optional.<Refusal>empty())
        .exceptionallyCompose(failure ->
            refusal(failure).isPresent()
                ? CompletableFuture.completedFuture(refusal(failure))
                : Futures.failed(failure))
        .thenCompose(refused ->
            refused.isEmpty()
                ? finish(deletion.after(members), Optional.of(members.getLast()), scope)
                : stopped(deletion, refused.get(), scope));
  }

  private CompletableFuture<List<Resource>> stopped(
      OpenDeletion deletion, Refusal why, CallScope scope) {
    return why instanceof LastOwner
        ? givenUp(deletion, why, scope)
        : Futures.failed(new GoneException());
  }

  private CompletableFuture<List<Resource>> ended(OpenDeletion deletion, CallScope scope) {
    return ended(deletion, identity(deletion.deletion()), scope)
        .exceptionallyCompose(failure ->
            refusal(failure).isPresent() || isReused(failure)
                ? endedUnrecorded(deletion, scope)
                : Futures.failed(failure));
  }

  /**
   * Ends a deletion whose request has another outcome on record: a repetition was refused while
   * this one began, or the id was used for something else meanwhile.
   */
  private CompletableFuture<List<Resource>> endedUnrecorded(
      OpenDeletion deletion, CallScope scope) {
    return ended(deletion, Optional.empty(), scope).exceptionallyCompose(Deletions::gone);
  }

  private CompletableFuture<List<Resource>> ended(
      OpenDeletion deletion, Optional<RequestIdentity> identity, CallScope scope) {
    return mutations.run(
        new EndDeletion(deletion, retention), identity, deletion.deletion().origin(), scope);
  }

  private static Optional<RequestIdentity> identity(Deletion deletion) {
    return deletion
        .origin()
        .requestId()
        .flatMap(
            id -> deletion.fingerprint().map(fingerprint -> new RequestIdentity(id, fingerprint)));
  }

  /** Another instance may have given it up, or ended it, at the same time. */
  private CompletableFuture<List<Resource>> givenUp(
      OpenDeletion deletion, Refusal why, CallScope scope) {
    return mutations
        .run(new GiveUpDeletion(deletion), Optional.empty(), deletion.deletion().origin(), scope)
        .exceptionallyCompose(Deletions::gone)
        .thenCompose(done -> Futures.failed(new AccountException(why)));
  }

  /** A step is refused because the deletion is no longer in progress. */
  private static <T> CompletableFuture<T> gone(Throwable failure) {
    return Futures.failed(refusal(failure).isPresent() ? new GoneException() : failure);
  }

  private static boolean isReused(Throwable failure) {
    return Futures.cause(failure) instanceof AccountException account
        && account.error() instanceof RequestIdReused;
  }

  private static Optional<Refusal> refusal(Throwable failure) {
    return Futures.cause(failure) instanceof AccountException account
            && account.error() instanceof Refusal refusal
        ? Optional.of(refusal)
        : Optional.empty();
  }

  private static AccountException unfinished(AccountKey<?> key) {
    return new AccountException(new DeletionUnfinished(key, RETRY_AFTER));
  }

  private static CompletableFuture<List<Resource>> unlessOver(
      AccountKey<?> key, CallScope scope, Supplier<CompletableFuture<List<Resource>>> next) {
    return scope.isOver() || scope.remaining().compareTo(LEAST) < 0
        ? Futures.failed(unfinished(key))
        : next.get();
  }

  /**
   * Restores a deleted user, or an organization with a first owner.
   *
   * @param owner empty for a user
   * @return the account; for an organization also the membership of its owner
   */
  public CompletableFuture<List<Resource>> restore(
      AccountKey<?> key,
      Optional<Username> owner,
      Optional<RequestIdentity> identity,
      Optional<String> caller,
      CallScope scope) {
    return deletions
        .kept(key, scope)
        .thenCompose(
            kept -> mutations.run(new RestoreAccount(key, kept, owner), identity, caller, scope));
  }

  /**
   * Erases a deleted user: what was kept of it, then the remembered outcomes of requests that hold
   * its names, and its invitations. Repeated, it finds what a call before it left.
   */
  public CompletableFuture<List<Resource>> purge(
      Username username,
      Optional<RequestIdentity> identity,
      Optional<String> caller,
      CallScope scope) {
    return mutations
        .run(new PurgeUser(username), identity, caller, scope)
        .thenCompose(done ->
            deletions
                .forgetRequests(username, scope)
                .thenCompose(forgotten -> deletions.forgetInvitations(username, scope))
                .thenApply(forgotten -> done));
  }

  /** The deletion is no longer in progress. */
  static final class GoneException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    GoneException() {
      super("the deletion is no longer in progress", null, false, false);
    }
  }
}
