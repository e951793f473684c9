package accounts.client.fake;

import static io.grpc.Status.Code.ABORTED;
import static io.grpc.Status.Code.ALREADY_EXISTS;
import static io.grpc.Status.Code.FAILED_PRECONDITION;
import static io.grpc.Status.Code.NOT_FOUND;

import accounts.v1.AcceptInvitationRequest;
import accounts.v1.AcceptInvitationResponse;
import accounts.v1.AccessReason;
import accounts.v1.AccessResult;
import accounts.v1.AccountServiceGrpc;
import accounts.v1.AddUserToOrganizationRequest;
import accounts.v1.AddUserToOrganizationResponse;
import accounts.v1.AuditAction;
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
import accounts.v1.Entity;
import accounts.v1.GetMembershipRequest;
import accounts.v1.GetMembershipResponse;
import accounts.v1.GetOrganizationRequest;
import accounts.v1.GetOrganizationResponse;
import accounts.v1.GetUserRequest;
import accounts.v1.GetUserResponse;
import accounts.v1.Invitation;
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
import accounts.v1.Membership;
import accounts.v1.MembershipKey;
import accounts.v1.MembershipResult;
import accounts.v1.Organization;
import accounts.v1.OrganizationState;
import accounts.v1.PurgeUserRequest;
import accounts.v1.PurgeUserResponse;
import accounts.v1.RemoveUserFromOrganizationRequest;
import accounts.v1.RemoveUserFromOrganizationResponse;
import accounts.v1.ResumeUserRequest;
import accounts.v1.ResumeUserResponse;
import accounts.v1.Role;
import accounts.v1.Source;
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
import accounts.v1.User;
import accounts.v1.UserResult;
import accounts.v1.UserState;
import accounts.v1.WatchRequest;
import accounts.v1.WatchResponse;
import com.google.protobuf.Duration;
import com.google.protobuf.Timestamp;
import com.google.protobuf.util.FieldMaskUtil;
import io.grpc.StatusRuntimeException;
import io.grpc.stub.StreamObserver;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.function.Supplier;

/**
 * An in-memory fake of the service. Its clock stands still; a request id that it has seen gets the
 * first outcome. It checks neither fields nor roles.
 */
public final class FakeAccounts extends AccountServiceGrpc.AccountServiceImplBase {

  /** Of a page of users or organizations. */
  private static final int MOST_ACCOUNTS = 100;

  /** The time of every change: 2026-01-02T03:04:05Z. */
  private static final Timestamp NOW = Timestamp.newBuilder().setSeconds(1_767_323_045).build();

  private static final Duration AGE = Duration.newBuilder().setNanos(12_000_000).build();

  private final Map<String, User> users = new TreeMap<>();
  private final Map<String, Organization> organizations = new TreeMap<>();
  private final Map<String, User> deletedUsers = new HashMap<>();
  private final Map<String, Organization> deletedOrganizations = new HashMap<>();
  private final Map<List<String>, Membership> memberships =
      new TreeMap<>((a, b) -> a.toString().compareTo(b.toString()));
  private final Map<List<String>, Invitation> invitations =
      new TreeMap<>(Comparator.comparing(List::toString));
  private final Map<List<String>, Long> removals = new HashMap<>();
  private final Map<String, Object> outcomes = new HashMap<>();
  private final FakeTrail trail = new FakeTrail();
  private volatile BiConsumer<WatchRequest, StreamObserver<WatchResponse>> watches =
      (request, responses) -> responses.onCompleted();
  private volatile int pageLimit = 1_000;
  private int incompleteLists; // guarded by this
  private volatile boolean forgetsLabelsOfLists;
  private volatile Consumer<ListEntitiesRequest> beforeEntities = request -> {};

  /** Sets what answers watches from now on. */
  public void onWatch(BiConsumer<WatchRequest, StreamObserver<WatchResponse>> answer) {
    watches = answer;
  }

  @Override
  public void watch(WatchRequest q, StreamObserver<WatchResponse> r) {
    watches.accept(q, r);
  }

  /** Sets the most items of a page from now on, whatever the caller asks for. */
  public void limitPages(int items) {
    pageLimit = items;
  }

  /** Sets what is done from now on before each page of ListEntities. */
  public void beforeEntities(Consumer<ListEntitiesRequest> action) {
    beforeEntities = action;
  }

  /** Returns the number of users. */
  public synchronized int userCount() {
    return users.size();
  }

  @Override
  public void createUser(CreateUserRequest q, StreamObserver<CreateUserResponse> r) {
    once(q.getRequestId(), r, () -> CreateUserResponse.newBuilder().setUser(create(q)).build());
  }

  @Override
  public void getUser(GetUserRequest q, StreamObserver<GetUserResponse> r) {
    answer(
        r,
        () ->
            GetUserResponse.newBuilder()
                .setUser(expected(q.getExpectedUid(), user(q.getUsername())))
                .setSource(Source.SOURCE_CACHE)
                .setAge(AGE)
                .build());
  }

  @Override
  public void batchGetUsers(BatchGetUsersRequest q, StreamObserver<BatchGetUsersResponse> r) {
    answer(
        r,
        () ->
            BatchGetUsersResponse.newBuilder()
                .addAllResults(q.getUsernamesList().stream().map(this::result).toList())
                .setSource(Source.SOURCE_STORE)
                .setAge(AGE)
                .build());
  }

  @Override
  public void updateUser(UpdateUserRequest q, StreamObserver<UpdateUserResponse> r) {
    once(q.getRequestId(), r, () -> UpdateUserResponse.newBuilder().setUser(update(q)).build());
  }

  @Override
  public void suspendUser(SuspendUserRequest q, StreamObserver<SuspendUserResponse> r) {
    once(
        q.getRequestId(),
        r,
        () ->
            SuspendUserResponse.newBuilder()
                .setUser(
                    state(
                        q.getUsername(),
                        UserState.USER_STATE_SUSPENDED,
                        q.getExpectedRevision(),
                        q.getRequestId()))
                .build());
  }

  @Override
  public void resumeUser(ResumeUserRequest q, StreamObserver<ResumeUserResponse> r) {
    once(
        q.getRequestId(),
        r,
        () ->
            ResumeUserResponse.newBuilder()
                .setUser(
                    state(
                        q.getUsername(),
                        UserState.USER_STATE_ACTIVE,
                        q.getExpectedRevision(),
                        q.getRequestId()))
                .build());
  }

  @Override
  public void deleteUser(DeleteUserRequest q, StreamObserver<DeleteUserResponse> r) {
    once(
        q.getRequestId(),
        r,
        () -> {
          User old = user(q.getUsername());
          expect(q.getExpectedRevision(), old.getRevision());
          remove(
              m -> m.getUsername().equals(q.getUsername()),
              q.getForce(),
              "username",
              q.getUsername());
          User deleted =
              old.toBuilder()
                  .setState(UserState.USER_STATE_DELETED)
                  .setRevision(old.getRevision() + 2)
                  .build();
          users.remove(q.getUsername());
          deletedUsers.put(q.getUsername(), deleted);
          return DeleteUserResponse.newBuilder().setUser(deleted).build();
        });
  }

  @Override
  public void undeleteUser(UndeleteUserRequest q, StreamObserver<UndeleteUserResponse> r) {
    once(
        q.getRequestId(),
        r,
        () -> {
          User kept = deletedUsers.remove(q.getUsername());
          User restored =
              kept == null
                  ? user(q.getUsername())
                  : kept.toBuilder()
                      .setState(UserState.USER_STATE_ACTIVE)
                      .setRevision(kept.getRevision() + 1)
                      .build();
          users.put(q.getUsername(), restored);
          return UndeleteUserResponse.newBuilder().setUser(restored).build();
        });
  }

  @Override
  public void purgeUser(PurgeUserRequest q, StreamObserver<PurgeUserResponse> r) {
    once(
        q.getRequestId(),
        r,
        () -> {
          if (users.containsKey(q.getUsername())) {
            throw Failures.of(
                FAILED_PRECONDITION,
                "NOT_DELETED",
                q.getUsername() + " is not deleted",
                Map.of("username", q.getUsername()));
          }
          deletedUsers.remove(q.getUsername());
          return PurgeUserResponse.getDefaultInstance();
        });
  }

  @Override
  public void deleteOrganization(
      DeleteOrganizationRequest q, StreamObserver<DeleteOrganizationResponse> r) {
    once(
        q.getRequestId(),
        r,
        () -> {
          Organization old = organization(q.getOrganizationName());
          String name = old.getOrganizationName();
          expect(q.getExpectedRevision(), old.getRevision());
          long members =
              memberships.values().stream()
                  .filter(m -> m.getOrganizationName().equals(name))
                  .count();
          remove(
              m -> m.getOrganizationName().equals(name),
              q.getForce() || members == 1,
              "organization_name",
              name);
          Organization deleted =
              old.toBuilder()
                  .setState(OrganizationState.ORGANIZATION_STATE_DELETED)
                  .setRevision(old.getRevision() + 2)
                  .build();
          organizations.remove(name);
          deletedOrganizations.put(name, deleted);
          return DeleteOrganizationResponse.newBuilder().setOrganization(deleted).build();
        });
  }

  @Override
  public void undeleteOrganization(
      UndeleteOrganizationRequest q, StreamObserver<UndeleteOrganizationResponse> r) {
    once(
        q.getRequestId(),
        r,
        () -> {
          String name = slug(q.getOrganizationName());
          Organization kept = deletedOrganizations.remove(name);
          Organization restored =
              kept == null
                  ? organization(name)
                  : kept.toBuilder()
                      .setState(OrganizationState.ORGANIZATION_STATE_ACTIVE)
                      .setRevision(kept.getRevision() + 1)
                      .build();
          organizations.put(name, restored);
          return UndeleteOrganizationResponse.newBuilder()
              .setOrganization(restored)
              .setOwnerMembership(
                  add(name, q.getOwner(), Role.ROLE_OWNER, q.getOwner(), q.getRequestId()))
              .build();
        });
  }

  /** Removes memberships, unless there are some and the deletion is not forced. */
  private void remove(Predicate<Membership> which, boolean force, String field, String name) {
    List<Membership> found = memberships.values().stream().filter(which).toList();
    if (!force && !found.isEmpty()) {
      throw Failures.of(
          FAILED_PRECONDITION,
          "HAS_MEMBERSHIPS",
          name + " has memberships",
          Map.of(field, name, "more", "false"));
    }
    for (Membership membership : found) {
      memberships.remove(key(membership));
      removals.put(key(membership), membership.getRevision() + 1);
    }
  }

  private User state(String username, UserState state, long expected, String requestId) {
    User old = user(username);
    expect(expected, old.getRevision());
    if (old.getState() == state) {
      return old;
    }
    User changed = old.toBuilder().setState(state).setRevision(old.getRevision() + 1).build();
    users.put(username, changed);
    trail.addState(changed, requestId);
    return changed;
  }

  @Override
  public void createOrganization(
      CreateOrganizationRequest q, StreamObserver<CreateOrganizationResponse> r) {
    once(q.getRequestId(), r, () -> create(q));
  }

  @Override
  public void updateOrganization(
      UpdateOrganizationRequest q, StreamObserver<UpdateOrganizationResponse> r) {
    once(
        q.getRequestId(),
        r,
        () -> UpdateOrganizationResponse.newBuilder().setOrganization(update(q)).build());
  }

  private Organization update(UpdateOrganizationRequest q) {
    Organization old = organization(q.getOrganizationName());
    expect(q.getExpectedRevision(), old.getRevision());
    Organization.Builder changed = old.toBuilder();
    if (!q.getDisplayName().isEmpty()) {
      changed.setDisplayName(q.getDisplayName());
    }
    q.getRemoveLabelsList().forEach(changed::removeLabels);
    Organization updated = changed.putAllLabels(q.getSetLabelsMap()).build();
    if (updated.equals(old)) {
      return old;
    }
    Organization next = updated.toBuilder().setRevision(old.getRevision() + 1).build();
    organizations.put(next.getOrganizationName(), next);
    boolean isRenamed = !next.getDisplayName().equals(old.getDisplayName());
    String field = isRenamed ? "display_name" : "labels";
    trail.addUpdate(next, field, q.getActingUser(), q.getRequestId());
    return next;
  }

  @Override
  public void getOrganization(GetOrganizationRequest q, StreamObserver<GetOrganizationResponse> r) {
    answer(
        r,
        () ->
            GetOrganizationResponse.newBuilder()
                .setOrganization(organization(q.getOrganizationName()))
                .setSource(Source.SOURCE_NEAR_CACHE)
                .setAge(AGE)
                .build());
  }

  @Override
  public void addUserToOrganization(
      AddUserToOrganizationRequest q, StreamObserver<AddUserToOrganizationResponse> r) {
    once(
        q.getRequestId(),
        r,
        () ->
            AddUserToOrganizationResponse.newBuilder()
                .setMembership(
                    add(
                        q.getOrganizationName(),
                        q.getMemberUsername(),
                        q.getRole(),
                        q.getAddingUser(),
                        q.getRequestId()))
                .build());
  }

  @Override
  public void inviteUser(InviteUserRequest q, StreamObserver<InviteUserResponse> r) {
    once(
        q.getRequestId(),
        r,
        () -> InviteUserResponse.newBuilder().setInvitation(invite(q)).build());
  }

  private Invitation invite(InviteUserRequest q) {
    String organization = organization(q.getOrganizationName()).getOrganizationName();
    long seconds =
        q.hasTimeToLive()
            ? q.getTimeToLive().getSeconds()
            : java.time.Duration.ofDays(14).toSeconds();
    Invitation invitation =
        Invitation.newBuilder()
            .setOrganizationName(organization)
            .setUsername(user(q.getUsername()).getUsername())
            .setRole(q.getRole())
            .setInvitingUser(q.getActingUser())
            .setCreateTime(NOW)
            .setExpireTime(NOW.toBuilder().setSeconds(NOW.getSeconds() + seconds))
            .build();
    invitations.put(List.of(organization, q.getUsername()), invitation);
    return invitation;
  }

  @Override
  public void acceptInvitation(
      AcceptInvitationRequest q, StreamObserver<AcceptInvitationResponse> r) {
    once(
        q.getRequestId(),
        r,
        () -> {
          Invitation invitation = invitation(q.getOrganizationName(), q.getActingUser());
          Membership membership =
              added(q.getOrganizationName(), q.getActingUser(), invitation.getRole());
          trail.addAccepted(membership, invitation.getInvitingUser(), q.getRequestId());
          return AcceptInvitationResponse.newBuilder().setMembership(membership).build();
        });
  }

  @Override
  public void deleteInvitation(
      DeleteInvitationRequest q, StreamObserver<DeleteInvitationResponse> r) {
    once(
        q.getRequestId(),
        r,
        () ->
            DeleteInvitationResponse.newBuilder()
                .setInvitation(invitation(q.getOrganizationName(), q.getUsername()))
                .build());
  }

  /** Takes an invitation out. */
  private Invitation invitation(String organization, String username) {
    Invitation invitation = invitations.remove(List.of(slug(organization), username));
    if (invitation == null) {
      throw Failures.of(
          NOT_FOUND,
          "INVITATION_NOT_FOUND",
          username + " is not invited to " + slug(organization),
          Map.of("organization_name", slug(organization), "username", username));
    }
    return invitation;
  }

  @Override
  public void listInvitations(ListInvitationsRequest q, StreamObserver<ListInvitationsResponse> r) {
    answer(
        r,
        () -> {
          List<Invitation> all =
              invitations.values().stream()
                  .filter(i ->
                      q.hasUsername()
                          ? i.getUsername().equals(user(q.getUsername()).getUsername())
                          : i.getOrganizationName().equals(slug(q.getOrganizationName())))
                  .toList();
          int from = from(q.getPageToken());
          int to = to(from, q.getPageSize(), all.size());
          return ListInvitationsResponse.newBuilder()
              .addAllInvitations(all.subList(from, to))
              .setNextPageToken(next(to, all.size()))
              .build();
        });
  }

  @Override
  public void getMembership(GetMembershipRequest q, StreamObserver<GetMembershipResponse> r) {
    answer(
        r,
        () ->
            GetMembershipResponse.newBuilder()
                .setMembership(membership(q.getOrganizationName(), q.getUsername()))
                .setSource(Source.SOURCE_CACHE)
                .setAge(AGE)
                .build());
  }

  @Override
  public void batchGetMemberships(
      BatchGetMembershipsRequest q, StreamObserver<BatchGetMembershipsResponse> r) {
    answer(
        r,
        () ->
            BatchGetMembershipsResponse.newBuilder()
                .addAllResults(q.getKeysList().stream().map(this::result).toList())
                .setSource(Source.SOURCE_CACHE)
                .setAge(AGE)
                .build());
  }

  @Override
  public void checkAccess(CheckAccessRequest q, StreamObserver<CheckAccessResponse> r) {
    answer(
        r,
        () -> {
          AccessResult result =
              result(q.getOrganizationName(), q.getUsername(), q.getRequiredRole());
          return CheckAccessResponse.newBuilder()
              .setAllowed(result.getAllowed())
              .setReason(result.getReason())
              .setRole(result.getRole())
              .setMembershipRevision(result.getMembershipRevision())
              .setUserRevision(result.getUserRevision())
              .setSource(Source.SOURCE_CACHE)
              .setAge(AGE)
              .build();
        });
  }

  @Override
  public void batchCheckAccess(
      BatchCheckAccessRequest q, StreamObserver<BatchCheckAccessResponse> r) {
    answer(
        r,
        () ->
            BatchCheckAccessResponse.newBuilder()
                .addAllResults(
                    q.getChecksList().stream()
                        .map(c ->
                            result(c.getOrganizationName(), c.getUsername(), c.getRequiredRole())
                                .toBuilder()
                                .setCheck(c)
                                .build())
                        .toList())
                .setSource(Source.SOURCE_CACHE)
                .setAge(AGE)
                .build());
  }

  private AccessResult result(String organization, String username, Role required) {
    Membership membership = memberships.get(List.of(slug(organization), username));
    if (membership == null) {
      return AccessResult.newBuilder()
          .setReason(AccessReason.ACCESS_REASON_NOT_A_MEMBER)
          .setMembershipRevision(removals.getOrDefault(List.of(slug(organization), username), 0L))
          .build();
    }
    User user = user(username);
    boolean suspended = user.getState() == UserState.USER_STATE_SUSPENDED;
    boolean enough = membership.getRole().getNumber() <= required.getNumber();
    AccessReason reason =
        enough ? AccessReason.ACCESS_REASON_ROLE : AccessReason.ACCESS_REASON_ROLE_TOO_LOW;
    return AccessResult.newBuilder()
        .setAllowed(enough && !suspended)
        .setReason(suspended ? AccessReason.ACCESS_REASON_USER_SUSPENDED : reason)
        .setUserRevision(user.getRevision())
        .setRole(membership.getRole())
        .setMembershipRevision(membership.getRevision())
        .build();
  }

  @Override
  public void changeMemberRole(
      ChangeMemberRoleRequest q, StreamObserver<ChangeMemberRoleResponse> r) {
    once(
        q.getRequestId(),
        r,
        () -> {
          Membership old = membership(q.getOrganizationName(), q.getUsername());
          expect(q.getExpectedRevision(), old.getRevision());
          Membership changed =
              old.toBuilder()
                  .setRoleValue(q.getRoleValue())
                  .setRevision(old.getRevision() + 1)
                  .build();
          memberships.put(key(changed), changed);
          trail.add(
              AuditAction.AUDIT_ACTION_UPDATED, old, changed, q.getActingUser(), q.getRequestId());
          return ChangeMemberRoleResponse.newBuilder().setMembership(changed).build();
        });
  }

  @Override
  public void removeUserFromOrganization(
      RemoveUserFromOrganizationRequest q, StreamObserver<RemoveUserFromOrganizationResponse> r) {
    once(
        q.getRequestId(),
        r,
        () -> {
          Membership old = membership(q.getOrganizationName(), q.getUsername());
          expect(q.getExpectedRevision(), old.getRevision());
          memberships.remove(key(old));
          Membership removed = old.toBuilder().setRevision(old.getRevision() + 1).build();
          removals.put(key(old), removed.getRevision());
          trail.add(
              AuditAction.AUDIT_ACTION_REMOVED, old, removed, q.getActingUser(), q.getRequestId());
          return RemoveUserFromOrganizationResponse.newBuilder().setMembership(removed).build();
        });
  }

  @Override
  public void listOrganizationMembers(
      ListOrganizationMembersRequest q, StreamObserver<ListOrganizationMembersResponse> r) {
    answer(
        r,
        () -> {
          organization(q.getOrganizationName());
          Slice slice =
              slice(
                  m ->
                      m.getOrganizationName().equals(slug(q.getOrganizationName()))
                          && (q.getRoleValue() == 0 || m.getRole() == q.getRole()),
                  q.getPageSize(),
                  q.getPageToken());
          return ListOrganizationMembersResponse.newBuilder()
              .addAllMemberships(slice.items())
              .setNextPageToken(slice.nextToken())
              .build();
        });
  }

  @Override
  public void listUserMemberships(
      ListUserMembershipsRequest q, StreamObserver<ListUserMembershipsResponse> r) {
    answer(
        r,
        () -> {
          user(q.getUsername());
          Slice slice =
              slice(
                  m -> m.getUsername().equals(q.getUsername()), q.getPageSize(), q.getPageToken());
          return ListUserMembershipsResponse.newBuilder()
              .addAllMemberships(slice.items())
              .setNextPageToken(slice.nextToken())
              .build();
        });
  }

  /** Sets how many pages of users and organizations say from now on that some may be missing. */
  public synchronized void incompleteLists(int pages) {
    incompleteLists = pages;
  }

  private synchronized boolean isIncomplete() {
    boolean incomplete = incompleteLists > 0;
    incompleteLists -= incomplete ? 1 : 0;
    return incomplete;
  }

  /** Makes lists pass over labels from now on, as a version before labels does. */
  public void forgetLabelsOfLists() {
    forgetsLabelsOfLists = true;
  }

  @Override
  public void listUsers(ListUsersRequest q, StreamObserver<ListUsersResponse> r) {
    answer(
        r,
        () -> {
          List<User> all =
              users.values().stream()
                  .filter(user -> user.getUsername().startsWith(q.getUsernamePrefix()))
                  .filter(user -> has(user.getLabelsMap(), q.getLabel()))
                  .toList();
          int from = from(q.getPageToken());
          int to = to(from, Math.min(q.getPageSize(), MOST_ACCOUNTS), all.size());
          return ListUsersResponse.newBuilder()
              .addAllUsers(all.subList(from, to))
              .setNextPageToken(next(to, all.size()))
              .setIncomplete(isIncomplete())
              .build();
        });
  }

  private boolean has(Map<String, String> labels, String label) {
    return label.isEmpty()
        || forgetsLabelsOfLists
        || labels.entrySet().stream()
            .anyMatch(entry -> label.equals(entry.getKey() + "=" + entry.getValue()));
  }

  @Override
  public void listOrganizations(
      ListOrganizationsRequest q, StreamObserver<ListOrganizationsResponse> r) {
    answer(
        r,
        () -> {
          List<Organization> all =
              organizations.values().stream()
                  .filter(o -> o.getOrganizationName().startsWith(q.getOrganizationNamePrefix()))
                  .filter(organization -> has(organization.getLabelsMap(), q.getLabel()))
                  .toList();
          int from = from(q.getPageToken());
          int to = to(from, Math.min(q.getPageSize(), MOST_ACCOUNTS), all.size());
          return ListOrganizationsResponse.newBuilder()
              .addAllOrganizations(all.subList(from, to))
              .setNextPageToken(next(to, all.size()))
              .setIncomplete(isIncomplete())
              .build();
        });
  }

  @Override
  public void listEntities(ListEntitiesRequest q, StreamObserver<ListEntitiesResponse> r) {
    beforeEntities.accept(q);
    answer(
        r,
        () -> {
          NavigableMap<String, Entity> rest = entities().tailMap(q.getPageToken(), false);
          int size = Math.min(q.getPageSize() == 0 ? 50 : q.getPageSize(), pageLimit);
          List<String> keys = rest.keySet().stream().limit(size).toList();
          return ListEntitiesResponse.newBuilder()
              .addAllEntities(keys.stream().map(rest::get).toList())
              .setNextPageToken(size >= rest.size() ? "" : keys.get(size - 1))
              .build();
        });
  }

  /** Returns all by keys: memberships first, so that an export has to sort. */
  private NavigableMap<String, Entity> entities() {
    NavigableMap<String, Entity> all = new TreeMap<>();
    memberships.forEach(
        (key, m) -> all.put("1 " + key, Entity.newBuilder().setMembership(m).build()));
    organizations.forEach(
        (key, o) -> all.put("2 " + key, Entity.newBuilder().setOrganization(o).build()));
    users.forEach((key, u) -> all.put("3 " + key, Entity.newBuilder().setUser(u).build()));
    return all;
  }

  @Override
  public void listChanges(ListChangesRequest q, StreamObserver<ListChangesResponse> r) {
    answer(
        r,
        () -> {
          if (q.hasUsername()) {
            user(q.getUsername());
          } else {
            organization(q.getOrganizationName());
          }
          return trail.page(q, slug(q.getOrganizationName()));
        });
  }

  private record Slice(List<Membership> items, String nextToken) {}

  /** Tokens are offsets, which are opaque to the client. */
  private Slice slice(Predicate<Membership> which, int pageSize, String token) {
    List<Membership> all = memberships.values().stream().filter(which).toList();
    int from = from(token);
    int to = to(from, pageSize, all.size());
    return new Slice(all.subList(from, to), next(to, all.size()));
  }

  private static int from(String token) {
    return token.isEmpty() ? 0 : Integer.parseInt(token);
  }

  private int to(int from, int pageSize, int size) {
    return Math.min(size, from + Math.min(pageSize == 0 ? 50 : pageSize, pageLimit));
  }

  private static String next(int to, int size) {
    return to == size ? "" : Integer.toString(to);
  }

  private User create(CreateUserRequest q) {
    if (users.containsKey(q.getUsername())) {
      throw Failures.of(
          ALREADY_EXISTS,
          "USER_ALREADY_EXISTS",
          "user \"" + q.getUsername() + "\" exists already",
          Map.of("username", q.getUsername()));
    }
    User user =
        User.newBuilder()
            .setUsername(q.getUsername())
            .setFirstName(q.getFirstName())
            .setLastName(q.getLastName())
            .setState(UserState.USER_STATE_ACTIVE)
            .setRevision(1)
            .setCreateTime(NOW)
            .setUpdateTime(NOW)
            .setUid(uid("user/" + q.getUsername()))
            .putAllLabels(q.getLabelsMap())
            .build();
    users.put(user.getUsername(), user);
    trail.add(AuditAction.AUDIT_ACTION_CREATED, user, List.of(), q.getRequestId());
    return user;
  }

  /** Returns the uid of the first that ever has a name; nothing here is created a second time. */
  public static String uid(String name) {
    return UUID.nameUUIDFromBytes(name.getBytes(StandardCharsets.UTF_8)).toString();
  }

  private static User expected(String uid, User user) {
    if (!uid.isEmpty() && !uid.equals(user.getUid())) {
      throw Failures.of(
          FAILED_PRECONDITION,
          "UID_MISMATCH",
          "expected_uid: " + uid + " (expected: " + user.getUid() + ")",
          Map.of("username", user.getUsername(), "expected_uid", uid, "uid", user.getUid()));
    }
    return user;
  }

  private User update(UpdateUserRequest q) {
    User old = user(q.getUser().getUsername());
    expect(q.getExpectedRevision(), old.getRevision());
    User.Builder changed = old.toBuilder().setRevision(old.getRevision() + 1);
    FieldMaskUtil.merge(q.getUpdateMask(), q.getUser(), changed);
    q.getRemoveLabelsList().forEach(changed::removeLabels);
    changed.putAllLabels(q.getSetLabelsMap());
    users.put(old.getUsername(), changed.build());
    List<String> fields = new ArrayList<>(q.getUpdateMask().getPathsList());
    if (!changed.getLabelsMap().equals(old.getLabelsMap())) {
      fields.add("labels");
    }
    trail.add(AuditAction.AUDIT_ACTION_UPDATED, changed.build(), fields, q.getRequestId());
    return changed.build();
  }

  private CreateOrganizationResponse create(CreateOrganizationRequest q) {
    Organization organization =
        Organization.newBuilder()
            .setOrganizationName(slug(q.getOrganizationName()))
            .setDisplayName(q.getOrganizationName())
            .setFoundingUser(user(q.getFoundingUser()).getUsername())
            .setState(OrganizationState.ORGANIZATION_STATE_ACTIVE)
            .setRevision(1)
            .setCreateTime(NOW)
            .setUpdateTime(NOW)
            .setUid(uid("organization/" + slug(q.getOrganizationName())))
            .putAllLabels(q.getLabelsMap())
            .build();
    organizations.put(organization.getOrganizationName(), organization);
    trail.add(organization, q.getRequestId());
    return CreateOrganizationResponse.newBuilder()
        .setOrganization(organization)
        .setFounderMembership(
            add(
                organization.getOrganizationName(),
                q.getFoundingUser(),
                Role.ROLE_OWNER,
                q.getFoundingUser(),
                q.getRequestId()))
        .build();
  }

  private Membership add(
      String organizationName, String username, Role role, String by, String requestId) {
    Membership membership = added(organizationName, username, role);
    trail.add(
        AuditAction.AUDIT_ACTION_CREATED,
        Membership.getDefaultInstance(),
        membership,
        by,
        requestId);
    return membership;
  }

  private Membership added(String organizationName, String username, Role role) {
    List<String> key = List.of(slug(organizationName), username);
    Membership membership =
        Membership.newBuilder()
            .setOrganizationName(key.get(0))
            .setUsername(username)
            .setRole(role)
            .setRevision(removals.getOrDefault(key, 0L) + 1)
            .setCreateTime(NOW)
            .setUpdateTime(NOW)
            .setUid(uid("membership/" + key))
            .build();
    memberships.put(key, membership);
    return membership;
  }

  private User user(String username) {
    User user = users.get(username);
    if (user == null) {
      throw Failures.of(
          NOT_FOUND,
          "USER_NOT_FOUND",
          "no user \"" + username + "\"",
          Map.of("username", username, "revision", "0"));
    }
    return user;
  }

  private Organization organization(String name) {
    Organization organization = organizations.get(slug(name));
    if (organization == null) {
      throw Failures.of(
          NOT_FOUND,
          "ORGANIZATION_NOT_FOUND",
          "no organization \"" + slug(name) + "\"",
          Map.of("organization_name", slug(name), "revision", "0"));
    }
    return organization;
  }

  private Membership membership(String organizationName, String username) {
    List<String> key = List.of(slug(organizationName), username);
    Membership membership = memberships.get(key);
    if (membership == null) {
      throw Failures.of(
          NOT_FOUND,
          "MEMBERSHIP_NOT_FOUND",
          "\"" + username + "\" is not a member of \"" + key.get(0) + "\"",
          Map.of(
              "organization_name",
              key.get(0),
              "username",
              username,
              "revision",
              Long.toString(removals.getOrDefault(key, 0L))));
    }
    return membership;
  }

  private UserResult result(String username) {
    UserResult.Builder result = UserResult.newBuilder().setUsername(username);
    User user = users.get(username);
    if (user == null) {
      result.getNotFoundBuilder();
      return result.build();
    }
    return result.setUser(user).build();
  }

  private MembershipResult result(MembershipKey name) {
    MembershipResult.Builder result = MembershipResult.newBuilder().setKey(name);
    List<String> key = List.of(slug(name.getOrganizationName()), name.getUsername());
    Membership membership = memberships.get(key);
    if (membership == null) {
      result.getNotFoundBuilder().setRevision(removals.getOrDefault(key, 0L));
      return result.build();
    }
    return result.setMembership(membership).build();
  }

  private static void expect(long expected, long present) {
    if (expected != 0 && expected != present) {
      throw Failures.of(
          ABORTED,
          "REVISION_MISMATCH",
          "revision: " + present + " (expected: " + expected + ")",
          Map.of("expected_revision", "" + expected, "revision", "" + present));
    }
  }

  private static List<String> key(Membership membership) {
    return List.of(membership.getOrganizationName(), membership.getUsername());
  }

  private static String slug(String name) {
    return name.toLowerCase(Locale.ROOT).replace("'", "").replace(' ', '-');
  }

  private synchronized <R> void once(String requestId, StreamObserver<R> r, Supplier<R> outcome) {
    answer(
        r,
        () -> {
          @SuppressWarnings("unchecked") // one request id, one RPC
          R first = (R) outcomes.get(requestId);
          R answer = first == null ? outcome.get() : first;
          outcomes.put(requestId, answer);
          return answer;
        });
  }

  private synchronized <R> void answer(StreamObserver<R> r, Supplier<R> outcome) {
    try {
      r.onNext(outcome.get());
      r.onCompleted();
    } catch (StatusRuntimeException e) {
      r.onError(e);
    }
  }
}
