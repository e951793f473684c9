package accounts.service;

import accounts.async.CallScope;
import accounts.async.Futures;
import accounts.domain.AccountError.StoreThrottled;
import accounts.domain.AccountException;
import accounts.domain.EntityKey;
import accounts.domain.EntityKey.OrganizationKey;
import accounts.domain.EntityKey.UserKey;
import accounts.domain.Resource;
import accounts.store.InvitationPage;
import accounts.store.InvitationQuery;
import accounts.store.InvitationStore;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/**
 * Makes, ends and lists invitations. One is no entity: it is read before the mutation that changes
 * it, whose commit has the condition that it is still as it was read.
 *
 * <p>Futures fail with {@link AccountException}.
 */
public final class Invitations {

  /** How often a mutation is decided anew because somebody else has changed the invitation. */
  private static final int MOST_DECISIONS = 5;

  private static final Duration RETRY_AFTER = Duration.ofMillis(200);

  private final InvitationStore invitations;
  private final AccountQueries queries;
  private final MutationExecutor mutations;
  private final InstantSource clock;

  /**
   * @param queries says whether the user or organization of a list is there
   * @param clock says which invitations have expired
   */
  public Invitations(
      InvitationStore invitations,
      AccountQueries queries,
      MutationExecutor mutations,
      InstantSource clock) {
    this.invitations = invitations;
    this.queries = queries;
    this.mutations = mutations;
    this.clock = clock;
  }

  /**
   * Does what a request asks for, once for all requests with the same identity.
   *
   * @param caller the name of who asks for it, for the audit trail; empty where nobody asks
   * @return the invitation that was made or ended, or the membership that began
   */
  public CompletableFuture<List<Resource>> run(
      InvitationRequest request,
      Optional<RequestIdentity> identity,
      Optional<String> caller,
      CallScope scope) {
    return run(request, identity, caller, scope, MOST_DECISIONS);
  }

  private CompletableFuture<List<Resource>> run(
      InvitationRequest request,
      Optional<RequestIdentity> identity,
      Optional<String> caller,
      CallScope scope,
      int decisions) {
    if (decisions == 0) {
      return Futures.failed(new AccountException(new StoreThrottled(RETRY_AFTER)));
    }
    return invitations
        .find(request.key(), scope)
        .thenCompose(found -> mutations.run(request.decidedFrom(found), identity, caller, scope))
        .exceptionallyCompose(failure ->
            Futures.cause(failure) instanceof OvertakenException
                ? run(request, identity, caller, scope, decisions - 1)
                : Futures.failed(failure));
  }

  /**
   * Returns a page of invitations; fails if the user or the organization does not exist. Those of
   * an earlier one of the name are not among them.
   */
  public CompletableFuture<InvitationPage> list(InvitationQuery query, CallScope scope) {
    return queries
        .there(parent(query), scope)
        .thenCompose(
            parent -> invitations.list(query, parent.createTime(), clock.instant(), scope));
  }

  private static EntityKey<?> parent(InvitationQuery query) {
    return switch (query) {
      case InvitationQuery.OfOrganization q -> new OrganizationKey(q.organization());
      case InvitationQuery.OfUser q -> new UserKey(q.username());
    };
  }
}
