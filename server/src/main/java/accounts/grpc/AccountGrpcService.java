package accounts.grpc;

import accounts.domain.Entity;
import accounts.domain.EntityKey;
import accounts.domain.Invitation;
import accounts.domain.Membership;
import accounts.domain.Organization;
import accounts.domain.Resource;
import accounts.domain.User;
import accounts.grpc.AccessRequests.RequestedChecks;
import accounts.grpc.DeletionRequests.RequestedDeletion;
import accounts.grpc.DeletionRequests.RequestedRestoration;
import accounts.grpc.InvitationRequests.RequestedInvitation;
import accounts.grpc.QueryRequests.RequestedBatch;
import accounts.grpc.QueryRequests.RequestedPage;
import accounts.identity.Scope;
import accounts.service.AccessChecks;
import accounts.service.AccessDecisions;
import accounts.service.AccountLists;
import accounts.service.AccountQueries;
import accounts.service.Deletions;
import accounts.service.Invitations;
import accounts.service.MutationExecutor;
import accounts.service.ReadResult;
import accounts.service.ReadResults;
import accounts.store.MembershipPage;
import accounts.v1.AcceptInvitationRequest;
import accounts.v1.AcceptInvitationResponse;
import accounts.v1.AccountServiceGrpc.AccountServiceImplBase;
import accounts.v1.AddUserToOrganizationRequest;
import accounts.v1.AddUserToOrganizationResponse;
import accounts.v1.BatchCheckAccessRequest;
import accounts.v1.BatchCheckAccessResponse;
import accounts.v1.BatchGetMembershipsRequest;
import accounts.v1.BatchGetMembershipsResponse;
import accounts.v1.BatchGetUsersRequest;
import accounts.v1.BatchGetUsersResponse;
import accounts.v1.ChangeMemberRoleRequest;
import accounts.v1.ChangeMemberRoleResponse;
import accounts.v1.CheckAccessRequest;
import accounts.v1.CheckAccessResponse;
import accounts.v1.CreateOrganizationRequest;
import accounts.v1.CreateOrganizationResponse;
import accounts.v1.CreateUserRequest;
import accounts.v1.CreateUserResponse;
import accounts.v1.DeleteInvitationRequest;
import accounts.v1.DeleteInvitationResponse;
import accounts.v1.DeleteOrganizationRequest;
import accounts.v1.DeleteOrganizationResponse;
import accounts.v1.DeleteUserRequest;
import accounts.v1.DeleteUserResponse;
import accounts.v1.GetMembershipRequest;
import accounts.v1.GetMembershipResponse;
import accounts.v1.GetOrganizationRequest;
import accounts.v1.GetOrganizationResponse;
import accounts.v1.GetUserRequest;
import accounts.v1.GetUserResponse;
import accounts.v1.InviteUserRequest;
import accounts.v1.InviteUserResponse;
import accounts.v1.ListChangesRequest;
import accounts.v1.ListChangesResponse;
import accounts.v1.ListEntitiesRequest;
import accounts.v1.ListEntitiesResponse;
import accounts.v1.ListInvitationsRequest;
import accounts.v1.ListInvitationsResponse;
import accounts.v1.ListOrganizationMembersRequest;
import accounts.v1.ListOrganizationMembersResponse;
import accounts.v1.ListOrganizationsRequest;
import accounts.v1.ListOrganizationsResponse;
import accounts.v1.ListUserMembershipsRequest;
import accounts.v1.ListUserMembershipsResponse;
import accounts.v1.ListUsersRequest;
import accounts.v1.ListUsersResponse;
import accounts.v1.OrganizationState;
import accounts.v1.PurgeUserRequest;
import accounts.v1.PurgeUserResponse;
import accounts.v1.RemoveUserFromOrganizationRequest;
import accounts.v1.RemoveUserFromOrganizationResponse;
import accounts.v1.ResumeUserRequest;
import accounts.v1.ResumeUserResponse;
import accounts.v1.SuspendUserRequest;
import accounts.v1.SuspendUserResponse;
import accounts.v1.UndeleteOrganizationRequest;
import accounts.v1.UndeleteOrganizationResponse;
import accounts.v1.UndeleteUserRequest;
import accounts.v1.UndeleteUserResponse;
import accounts.v1.UpdateOrganizationRequest;
import accounts.v1.UpdateOrganizationResponse;
import accounts.v1.UpdateUserRequest;
import accounts.v1.UpdateUserResponse;
import accounts.v1.UserState;
import accounts.v1.WatchRequest;
import accounts.v1.WatchResponse;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;
import java.time.Duration;
import java.util.List;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.LongSupplier;

/**
 * The RPCs of the contract, a line or two each: parse the request, call the service, build the
 * response.
 */
public final class AccountGrpcService extends AccountServiceImplBase {

  private final AccountQueries queries;
  private final AccessChecks checks;
  private final MutationExecutor mutations;
  private final Deletions deletions;
  private final Invitations invitations;
  private final AccountLists lists;
  private final WatchOffer watches;
  private final Duration watchLifetime;
  private final Calls calls;
  private final QueryResponses responses;
  private final AccessResponses accessResponses;

  /**
   * @param watches those that this instance offers
   * @param connectionAge how long a connection lasts, give or take a tenth
   * @param nanoTime the clock that results are dated by
   */
  public AccountGrpcService(
      AccountQueries queries,
      AccessChecks checks,
      MutationExecutor mutations,
      Deletions deletions,
      Invitations invitations,
      AccountLists lists,
      WatchOffer watches,
      Duration connectionAge,
      Calls calls,
      LongSupplier nanoTime) {
    this.queries = queries;
    this.checks = checks;
    this.mutations = mutations;
    this.deletions = deletions;
    this.invitations = invitations;
    this.lists = lists;
    this.watches = watches;
    this.watchLifetime = TransportLimits.watchLifetime(connectionAge);
    this.calls = calls;
    this.responses = new QueryResponses(nanoTime);
    this.accessResponses = new AccessResponses(nanoTime);
  }

  @Override
  public void createUser(CreateUserRequest request, StreamObserver<CreateUserResponse> observer) {
    mutate(
        CallKind.CHANGE,
        () -> MutationRequests.parse(request),
        resources -> CreateUserResponse.newBuilder().setUser(user(resources)).build(),
        observer);
  }

  @Override
  public void updateUser(UpdateUserRequest request, StreamObserver<UpdateUserResponse> observer) {
    mutate(
        CallKind.CHANGE,
        () -> MutationRequests.parse(request),
        resources -> UpdateUserResponse.newBuilder().setUser(user(resources)).build(),
        observer);
  }

  @Override
  public void suspendUser(
      SuspendUserRequest request, StreamObserver<SuspendUserResponse> observer) {
    mutate(
        CallKind.SUSPENSION,
        () -> MutationRequests.parse(request),
        resources -> SuspendUserResponse.newBuilder().setUser(user(resources)).build(),
        observer);
  }

  @Override
  public void resumeUser(ResumeUserRequest request, StreamObserver<ResumeUserResponse> observer) {
    mutate(
        CallKind.SUSPENSION,
        () -> MutationRequests.parse(request),
        resources -> ResumeUserResponse.newBuilder().setUser(user(resources)).build(),
        observer);
  }

  @Override
  public void deleteUser(DeleteUserRequest request, StreamObserver<DeleteUserResponse> observer) {
    delete(
        CallKind.DELETION,
        () -> DeletionRequests.parse(request),
        resources ->
            DeleteUserResponse.newBuilder()
                .setUser(user(resources).toBuilder().setState(UserState.USER_STATE_DELETED))
                .build(),
        observer);
  }

  @Override
  public void undeleteUser(
      UndeleteUserRequest request, StreamObserver<UndeleteUserResponse> observer) {
    restore(
        () -> DeletionRequests.parse(request),
        resources -> UndeleteUserResponse.newBuilder().setUser(user(resources)).build(),
        observer);
  }

  @Override
  public void purgeUser(PurgeUserRequest request, StreamObserver<PurgeUserResponse> observer) {
    calls.answer(
        CallKind.DELETION,
        () -> DeletionRequests.parse(request),
        (requested, caller, scope) ->
            deletions
                .purge(requested.username(), requested.identity(), caller.knownName(), scope)
                .thenApply(done -> PurgeUserResponse.getDefaultInstance()),
        observer);
  }

  /** An owner deletes it as it makes any other change; others need the scope. */
  @Override
  public void deleteOrganization(
      DeleteOrganizationRequest request, StreamObserver<DeleteOrganizationResponse> observer) {
    delete(
        request.getDeletingUser().isEmpty() ? CallKind.DELETION : CallKind.CHANGE,
        () -> DeletionRequests.parse(request),
        resources ->
            DeleteOrganizationResponse.newBuilder()
                .setOrganization(
                    organization(resources).toBuilder()
                        .setState(OrganizationState.ORGANIZATION_STATE_DELETED))
                .build(),
        observer);
  }

  @Override
  public void undeleteOrganization(
      UndeleteOrganizationRequest request, StreamObserver<UndeleteOrganizationResponse> observer) {
    restore(
        () -> DeletionRequests.parse(request),
        resources ->
            UndeleteOrganizationResponse.newBuilder()
                .setOrganization(organization(resources))
                .setOwnerMembership(membership(resources))
                .build(),
        observer);
  }

  @Override
  public void createOrganization(
      CreateOrganizationRequest request, StreamObserver<CreateOrganizationResponse> observer) {
    mutate(
        CallKind.CHANGE,
        () -> MutationRequests.parse(request),
        resources ->
            CreateOrganizationResponse.newBuilder()
                .setOrganization(organization(resources))
                .setFounderMembership(membership(resources))
                .build(),
        observer);
  }

  @Override
  public void updateOrganization(
      UpdateOrganizationRequest request, StreamObserver<UpdateOrganizationResponse> observer) {
    mutate(
        CallKind.CHANGE,
        () -> MutationRequests.parse(request),
        resources ->
            UpdateOrganizationResponse.newBuilder()
                .setOrganization(organization(resources))
                .build(),
        observer);
  }

  @Override
  public void addUserToOrganization(
      AddUserToOrganizationRequest request,
      StreamObserver<AddUserToOrganizationResponse> observer) {
    mutate(
        CallKind.CHANGE,
        () -> MutationRequests.parse(request),
        resources ->
            AddUserToOrganizationResponse.newBuilder().setMembership(membership(resources)).build(),
        observer);
  }

  @Override
  public void changeMemberRole(
      ChangeMemberRoleRequest request, StreamObserver<ChangeMemberRoleResponse> observer) {
    mutate(
        CallKind.CHANGE,
        () -> MutationRequests.parse(request),
        resources ->
            ChangeMemberRoleResponse.newBuilder().setMembership(membership(resources)).build(),
        observer);
  }

  @Override
  public void removeUserFromOrganization(
      RemoveUserFromOrganizationRequest request,
      StreamObserver<RemoveUserFromOrganizationResponse> observer) {
    mutate(
        CallKind.CHANGE,
        () -> MutationRequests.parse(request),
        resources ->
            RemoveUserFromOrganizationResponse.newBuilder()
                .setMembership(membership(resources))
                .build(),
        observer);
  }

  @Override
  public void inviteUser(InviteUserRequest request, StreamObserver<InviteUserResponse> observer) {
    invite(
        () -> InvitationRequests.parse(request),
        resources -> InviteUserResponse.newBuilder().setInvitation(invitation(resources)).build(),
        observer);
  }

  @Override
  public void acceptInvitation(
      AcceptInvitationRequest request, StreamObserver<AcceptInvitationResponse> observer) {
    invite(
        () -> InvitationRequests.parse(request),
        resources ->
            AcceptInvitationResponse.newBuilder().setMembership(membership(resources)).build(),
        observer);
  }

  @Override
  public void deleteInvitation(
      DeleteInvitationRequest request, StreamObserver<DeleteInvitationResponse> observer) {
    invite(
        () -> InvitationRequests.parse(request),
        resources ->
            DeleteInvitationResponse.newBuilder().setInvitation(invitation(resources)).build(),
        observer);
  }

  @Override
  public void getUser(GetUserRequest request, StreamObserver<GetUserResponse> observer) {
    get(() -> QueryRequests.parse(request), responses::user, observer);
  }

  @Override
  public void getOrganization(
      GetOrganizationRequest request, StreamObserver<GetOrganizationResponse> observer) {
    get(() -> QueryRequests.parse(request), responses::organization, observer);
  }

  @Override
  public void getMembership(
      GetMembershipRequest request, StreamObserver<GetMembershipResponse> observer) {
    get(() -> QueryRequests.parse(request), responses::membership, observer);
  }

  @Override
  public void batchGetUsers(
      BatchGetUsersRequest request, StreamObserver<BatchGetUsersResponse> observer) {
    batch(
        request.getUsernamesCount(),
        () -> QueryRequests.parse(request),
        responses::users,
        observer);
  }

  @Override
  public void batchGetMemberships(
      BatchGetMembershipsRequest request, StreamObserver<BatchGetMembershipsResponse> observer) {
    batch(
        request.getKeysCount(),
        () -> QueryRequests.parse(request),
        responses::memberships,
        observer);
  }

  @Override
  public void checkAccess(
      CheckAccessRequest request, StreamObserver<CheckAccessResponse> observer) {
    check(
        CallKind.of(request),
        () -> AccessRequests.parse(request),
        accessResponses::single,
        observer);
  }

  @Override
  public void batchCheckAccess(
      BatchCheckAccessRequest request, StreamObserver<BatchCheckAccessResponse> observer) {
    check(
        CallKind.of(request),
        () -> AccessRequests.parse(request),
        answer -> accessResponses.batch(request, answer),
        observer);
  }

  @Override
  public void listOrganizationMembers(
      ListOrganizationMembersRequest request,
      StreamObserver<ListOrganizationMembersResponse> observer) {
    list(request.getPageSize(), () -> QueryRequests.parse(request), responses::members, observer);
  }

  @Override
  public void listUserMemberships(
      ListUserMembershipsRequest request, StreamObserver<ListUserMembershipsResponse> observer) {
    list(
        request.getPageSize(),
        () -> QueryRequests.parse(request),
        responses::userMemberships,
        observer);
  }

  @Override
  public void listInvitations(
      ListInvitationsRequest request, StreamObserver<ListInvitationsResponse> observer) {
    calls.answer(
        CallKind.list(Scope.READ, request.getPageSize()),
        () -> InvitationRequests.parse(request),
        (requested, caller, scope) ->
            invitations
                .list(requested.query(), scope)
                .thenApply(page -> InvitationMessages.response(requested, page)),
        observer);
  }

  @Override
  public void listUsers(ListUsersRequest request, StreamObserver<ListUsersResponse> observer) {
    boolean isOfAll = request.getUsernamePrefix().isEmpty() && request.getLabel().isEmpty();
    listAccounts(
        CallKind.accounts(request.getPageSize(), isOfAll),
        () -> AccountPages.parse(request),
        AccountPages::users,
        observer);
  }

  @Override
  public void listOrganizations(
      ListOrganizationsRequest request, StreamObserver<ListOrganizationsResponse> observer) {
    boolean isOfAll = request.getOrganizationNamePrefix().isEmpty() && request.getLabel().isEmpty();
    listAccounts(
        CallKind.accounts(request.getPageSize(), isOfAll),
        () -> AccountPages.parse(request),
        AccountPages::organizations,
        observer);
  }

  private <T> void listAccounts(
      CallKind kind,
      Calls.Parser<AccountPages.Requested> parser,
      BiFunction<AccountPages.Requested, AccountLists.Page, T> response,
      StreamObserver<T> observer) {
    calls.answer(
        kind,
        parser,
        (requested, caller, scope) ->
            lists.list(requested.query(), scope).thenApply(page -> response.apply(requested, page)),
        observer);
  }

  @Override
  public void listEntities(
      ListEntitiesRequest request, StreamObserver<ListEntitiesResponse> observer) {
    calls.answer(
        CallKind.list(Scope.EXPORT, request.getPageSize()),
        () -> EntityPages.parse(request),
        (requested, caller, scope) ->
            queries
                .listEntities(requested.after(), requested.limit(), scope)
                .thenApply(page -> EntityPages.response(requested, page)),
        observer);
  }

  @Override
  public void listChanges(
      ListChangesRequest request, StreamObserver<ListChangesResponse> observer) {
    calls.answer(
        CallKind.list(Scope.AUDIT, request.getPageSize()),
        () -> AuditRequests.parse(request),
        (requested, caller, scope) ->
            queries
                .listChanges(requested.query(), scope)
                .thenApply(page -> AuditMessages.response(requested, page)),
        observer);
  }

  @Override
  public void watch(WatchRequest request, StreamObserver<WatchResponse> observer) {
    var call = (ServerCallStreamObserver<WatchResponse>) observer;
    calls.stream(
        CallKind.WATCH,
        () -> WatchRequests.parse(request),
        new WatchStream(call, watches, watchLifetime, calls::status),
        call);
  }

  private <T> void mutate(
      CallKind kind,
      Calls.Parser<MutationRequests.Requested> parser,
      Function<List<Resource>, T> response,
      StreamObserver<T> observer) {
    calls.answer(
        kind,
        parser,
        (requested, caller, scope) -> {
          requested.mutation().actor().ifPresent(caller::requireToActAs);
          return mutations
              .run(requested.mutation(), requested.identity(), caller.knownName(), scope)
              .thenApply(response);
        },
        observer);
  }

  private <T> void delete(
      CallKind kind,
      Calls.Parser<RequestedDeletion> parser,
      Function<List<Resource>, T> response,
      StreamObserver<T> observer) {
    calls.answer(
        kind,
        parser,
        (requested, caller, scope) -> {
          requested.deletion().actingUser().ifPresent(caller::requireToActAs);
          return deletions
              .delete(requested.deletion(), requested.identity(), caller.knownName(), scope)
              .thenApply(response);
        },
        observer);
  }

  private <T> void invite(
      Calls.Parser<RequestedInvitation> parser,
      Function<List<Resource>, T> response,
      StreamObserver<T> observer) {
    calls.answer(
        CallKind.CHANGE,
        parser,
        (requested, caller, scope) -> {
          caller.requireToActAs(requested.invitation().actor());
          return invitations
              .run(requested.invitation(), requested.identity(), caller.knownName(), scope)
              .thenApply(response);
        },
        observer);
  }

  private <T> void restore(
      Calls.Parser<RequestedRestoration> parser,
      Function<List<Resource>, T> response,
      StreamObserver<T> observer) {
    calls.answer(
        CallKind.DELETION,
        parser,
        (requested, caller, scope) ->
            deletions
                .restore(
                    requested.key(),
                    requested.owner(),
                    requested.identity(),
                    caller.knownName(),
                    scope)
                .thenApply(response),
        observer);
  }

  private <E extends Entity, T> void get(
      Calls.Parser<QueryRequests.Requested<E>> parser,
      BiFunction<E, ReadResult<E>, T> response,
      StreamObserver<T> observer) {
    calls.answer(
        CallKind.READ,
        parser,
        (requested, caller, scope) ->
            queries
                .get(requested.key(), requested.uid(), requested.options(), scope)
                .thenApply(read -> response.apply(read.lookup().toOptional().orElseThrow(), read)),
        observer);
  }

  private <N, K extends EntityKey<?>, T> void batch(
      int keys,
      Calls.Parser<RequestedBatch<N, K>> parser,
      BiFunction<RequestedBatch<N, K>, ReadResults, T> response,
      StreamObserver<T> observer) {
    calls.answer(
        CallKind.batch(keys),
        parser,
        (batch, caller, scope) ->
            queries
                .lookUp(batch.keys(), batch.options(), scope)
                .thenApply(results -> response.apply(batch, results)),
        observer);
  }

  private <T> void check(
      CallKind kind,
      Calls.Parser<RequestedChecks> parser,
      Function<AccessDecisions, T> response,
      StreamObserver<T> observer) {
    calls.answer(
        kind,
        parser,
        (requested, caller, scope) ->
            checks.decide(requested.checks(), requested.options(), scope).thenApply(response),
        observer);
  }

  private <T> void list(
      int rows,
      Calls.Parser<RequestedPage> parser,
      BiFunction<RequestedPage, MembershipPage, T> response,
      StreamObserver<T> observer) {
    calls.answer(
        CallKind.list(Scope.READ, rows),
        parser,
        (requested, caller, scope) ->
            queries
                .list(requested.query(), scope)
                .thenApply(page -> response.apply(requested, page)),
        observer);
  }

  private static accounts.v1.User user(List<Resource> resources) {
    return Messages.of((User) resources.getFirst());
  }

  private static accounts.v1.Organization organization(List<Resource> resources) {
    return Messages.of((Organization) resources.getFirst());
  }

  private static accounts.v1.Membership membership(List<Resource> resources) {
    return Messages.of((Membership) resources.getLast());
  }

  private static accounts.v1.Invitation invitation(List<Resource> resources) {
    return Messages.of((Invitation) resources.getFirst());
  }
}
