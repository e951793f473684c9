package accounts.client;

import accounts.v1.AccountServiceGrpc;
import accounts.v1.InviteUserRequest;
import accounts.v1.ListChangesRequest;
import accounts.v1.ListInvitationsRequest;
import accounts.v1.WatchRequest;
import com.google.protobuf.Message;
import io.grpc.ManagedChannel;
import io.grpc.MethodDescriptor;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

/**
 * An asynchronous client of the Accounts service, with a method for each RPC of {@code
 * accounts.v1.AccountService}. One client serves a whole process; it holds connections to all
 * instances and must be closed by the code that built it.
 *
 * <p>Every future fails only with {@link AccountsException}. Every call has a deadline, is retried
 * where that is safe, and ends early when its future is cancelled or completed from outside; a
 * future derived from it ({@code thenApply}) does not pass its own cancellation on.
 *
 * <p>An {@code organizationName} is a slug, or a display name that is converted to it.
 */
public final class AccountsClient implements AutoCloseable {

  private static final Duration CLOSE_LIMIT = Duration.ofSeconds(5);

  private final ManagedChannel channel;
  private final Calls calls;
  private final Runnable onClose;
  private final Set<Watch> watches = ConcurrentHashMap.newKeySet();
  private final Set<OrganizationReplica> replicas = ConcurrentHashMap.newKeySet();

  /**
   * @param onClose runs when the client is closed
   */
  AccountsClient(ManagedChannel channel, Calls calls, Runnable onClose) {
    this.channel = channel;
    this.calls = calls;
    this.onClose = onClose;
  }

  /**
   * Returns a builder of clients.
   *
   * @param target {@code host:port}, or any gRPC target; {@code dns:///host:port} of a headless
   *     Kubernetes Service has an address for each instance
   */
  public static AccountsClientBuilder builder(String target) {
    return new AccountsClientBuilder(target);
  }

  /** Returns a blocking view of this client; closing this client closes both. */
  public BlockingAccountsClient blocking() {
    return new BlockingAccountsClient(this);
  }

  /** Creates a user. {@link AccountsException.AlreadyExists} if the username is taken. */
  public CompletableFuture<User> createUser(
      String username, String firstName, String lastName, WriteOption... options) {
    return createUser(username, firstName, lastName, Map.of(), options);
  }

  /**
   * As {@link #createUser(String, String, String, WriteOption...)}, with labels: at most 32, each
   * key of 1–63 characters {@code a-z 0-9 _ . -}, the first a letter, and each value of 0–63.
   */
  public CompletableFuture<User> createUser(
      String username,
      String firstName,
      String lastName,
      Map<String, String> labels,
      WriteOption... options) {
    WriteSettings settings = WriteSettings.of(options);
    return calls.call(
        AccountServiceGrpc.getCreateUserMethod(),
        WriteRequests.createUser(username, firstName, lastName, labels, settings),
        settings.deadline(),
        response -> Protos.user(response.getUser()));
  }

  /** Returns a user. {@link AccountsException.NotFound} if there is none. */
  public CompletableFuture<ReadResult<User>> getUser(String username, ReadOption... options) {
    ReadSettings settings = ReadSettings.of(options);
    return calls.call(
        AccountServiceGrpc.getGetUserMethod(),
        ReadRequests.getUser(username, settings),
        settings.deadline(),
        Protos::read);
  }

  /** Returns a user; empty if there is none. */
  public CompletableFuture<Optional<User>> findUser(String username, ReadOption... options) {
    ReadSettings settings = ReadSettings.of(options);
    return calls.find(
        AccountServiceGrpc.getGetUserMethod(),
        ReadRequests.getUser(username, settings),
        settings.deadline(),
        response -> Protos.user(response.getUser()),
        ErrorReason.USER_NOT_FOUND);
  }

  /** Returns up to 100 users: one result for each username, in that order. */
  public CompletableFuture<ReadResult<List<Lookup<String, User>>>> batchGetUsers(
      List<String> usernames, ReadOption... options) {
    ReadSettings settings = ReadSettings.of(options);
    return calls.call(
        AccountServiceGrpc.getBatchGetUsersMethod(),
        ReadRequests.batchGetUsers(usernames, settings),
        settings.deadline(),
        Protos::read);
  }

  /**
   * Changes a user's names and labels; the revision does not change if they were the same already.
   */
  public CompletableFuture<User> updateUser(UserUpdate update, ChangeOption... options) {
    WriteSettings settings = WriteSettings.of(options);
    return calls.call(
        AccountServiceGrpc.getUpdateUserMethod(),
        WriteRequests.updateUser(update, settings),
        settings.deadline(),
        response -> Protos.user(response.getUser()));
  }

  /**
   * Suspends a user: from the acknowledgement on, checks of access refuse it, and so does every
   * change that it acts in. The caller needs the scope {@code accounts.suspend}. The revision does
   * not change if the user was suspended already.
   */
  public CompletableFuture<User> suspendUser(String username, ChangeOption... options) {
    WriteSettings settings = WriteSettings.of(options);
    return calls.call(
        AccountServiceGrpc.getSuspendUserMethod(),
        WriteRequests.suspendUser(username, settings),
        settings.deadline(),
        response -> Protos.user(response.getUser()));
  }

  /** Ends the suspension of a user; the caller needs the scope {@code accounts.suspend}. */
  public CompletableFuture<User> resumeUser(String username, ChangeOption... options) {
    WriteSettings settings = WriteSettings.of(options);
    return calls.call(
        AccountServiceGrpc.getResumeUserMethod(),
        WriteRequests.resumeUser(username, settings),
        settings.deadline(),
        response -> Protos.user(response.getUser()));
  }

  /**
   * Deletes a user without memberships: from the acknowledgement on it is not found, nowhere. It
   * can be restored for 30 days, unless the service is configured otherwise. The caller needs the
   * scope {@code accounts.delete}. {@link ErrorReason#HAS_MEMBERSHIPS} if it is a member anywhere.
   */
  public CompletableFuture<User> deleteUser(String username, ChangeOption... options) {
    return deleteUser(username, false, options);
  }

  /**
   * As {@link #deleteUser}, and removes the memberships of the user, a few at a time. Fails with
   * {@link ErrorReason#DELETION_UNFINISHED} if that takes longer than the deadline: it goes on, and
   * a call with the same {@link WriteOption#requestId} learns of its end. {@link
   * ErrorReason#LAST_OWNER} if an organization would lose its last owner.
   */
  public CompletableFuture<User> deleteUserAndMemberships(
      String username, ChangeOption... options) {
    return deleteUser(username, true, options);
  }

  private CompletableFuture<User> deleteUser(
      String username, boolean force, ChangeOption... options) {
    WriteSettings settings = WriteSettings.of(options);
    return calls.call(
        AccountServiceGrpc.getDeleteUserMethod(),
        WriteRequests.deleteUser(username, force, settings),
        settings.deadline(),
        response -> Protos.user(response.getUser()));
  }

  /**
   * Restores a deleted user, with its names and without memberships; the caller needs the scope
   * {@code accounts.delete}.
   */
  public CompletableFuture<User> undeleteUser(String username, WriteOption... options) {
    WriteSettings settings = WriteSettings.of(options);
    return calls.call(
        AccountServiceGrpc.getUndeleteUserMethod(),
        WriteRequests.undeleteUser(username, settings),
        settings.deadline(),
        response -> Protos.user(response.getUser()));
  }

  /**
   * Erases a deleted user for good: from then on its names are nowhere in the service, and its
   * username is reserved for ever. The caller needs the scope {@code accounts.delete}. {@link
   * ErrorReason#NOT_DELETED} if it was not deleted before.
   *
   * @return completes with nothing
   */
  public CompletableFuture<Void> purgeUser(String username, WriteOption... options) {
    WriteSettings settings = WriteSettings.of(options);
    return calls.call(
        AccountServiceGrpc.getPurgeUserMethod(),
        WriteRequests.purgeUser(username, settings),
        settings.deadline(),
        response -> null);
  }

  /**
   * Deletes an organization that has no member but its last owner: from the acknowledgement on it
   * is not found, and nobody is a member. It can be restored for 30 days, unless the service is
   * configured otherwise.
   *
   * @param deletingUser an owner; empty if the caller has the scope {@code accounts.delete}
   */
  public CompletableFuture<Organization> deleteOrganization(
      String organizationName, String deletingUser, ChangeOption... options) {
    return deleteOrganization(organizationName, deletingUser, false, options);
  }

  /**
   * As {@link #deleteOrganization}, and removes all memberships, a few at a time. Fails with {@link
   * ErrorReason#DELETION_UNFINISHED} if that takes longer than the deadline: it goes on, and a call
   * with the same {@link WriteOption#requestId} learns of its end.
   */
  public CompletableFuture<Organization> deleteOrganizationAndMemberships(
      String organizationName, String deletingUser, ChangeOption... options) {
    return deleteOrganization(organizationName, deletingUser, true, options);
  }

  private CompletableFuture<Organization> deleteOrganization(
      String organizationName, String deletingUser, boolean force, ChangeOption... options) {
    WriteSettings settings = WriteSettings.of(options);
    return calls.call(
        AccountServiceGrpc.getDeleteOrganizationMethod(),
        WriteRequests.deleteOrganization(organizationName, deletingUser, force, settings),
        settings.deadline(),
        response -> Protos.organization(response.getOrganization()));
  }

  /**
   * Restores a deleted organization, with a first owner and no other member; the caller needs the
   * scope {@code accounts.delete}.
   */
  public CompletableFuture<RestoredOrganization> undeleteOrganization(
      String organizationName, String owner, WriteOption... options) {
    WriteSettings settings = WriteSettings.of(options);
    return calls.call(
        AccountServiceGrpc.getUndeleteOrganizationMethod(),
        WriteRequests.undeleteOrganization(organizationName, owner, settings),
        settings.deadline(),
        Protos::restored);
  }

  /** Creates an organization, whose first owner is its founder, who must exist. */
  public CompletableFuture<NewOrganization> createOrganization(
      String organizationName, String foundingUser, WriteOption... options) {
    return createOrganization(organizationName, foundingUser, Map.of(), options);
  }

  /**
   * As {@link #createOrganization(String, String, WriteOption...)}, with labels, by the rules for
   * those of a user.
   */
  public CompletableFuture<NewOrganization> createOrganization(
      String organizationName,
      String foundingUser,
      Map<String, String> labels,
      WriteOption... options) {
    WriteSettings settings = WriteSettings.of(options);
    return calls.call(
        AccountServiceGrpc.getCreateOrganizationMethod(),
        WriteRequests.createOrganization(organizationName, foundingUser, labels, settings),
        settings.deadline(),
        Protos::created);
  }

  /** Returns an organization. {@link AccountsException.NotFound} if there is none. */
  public CompletableFuture<ReadResult<Organization>> getOrganization(
      String organizationName, ReadOption... options) {
    ReadSettings settings = ReadSettings.of(options);
    return calls.call(
        AccountServiceGrpc.getGetOrganizationMethod(),
        ReadRequests.getOrganization(organizationName, settings),
        settings.deadline(),
        Protos::read);
  }

  /** Returns an organization; empty if there is none. */
  public CompletableFuture<Optional<Organization>> findOrganization(
      String organizationName, ReadOption... options) {
    ReadSettings settings = ReadSettings.of(options);
    return calls.find(
        AccountServiceGrpc.getGetOrganizationMethod(),
        ReadRequests.getOrganization(organizationName, settings),
        settings.deadline(),
        response -> Protos.organization(response.getOrganization()),
        ErrorReason.ORGANIZATION_NOT_FOUND);
  }

  /**
   * Changes an organization's display name, on behalf of {@code actingUser}, an owner or admin. Its
   * slug, by which it is identified, stays. The revision does not change if the name was the same
   * already.
   */
  public CompletableFuture<Organization> updateOrganization(
      String organizationName, String displayName, String actingUser, ChangeOption... options) {
    return updateOrganization(
        OrganizationUpdate.of(organizationName).displayName(displayName), actingUser, options);
  }

  /**
   * Changes an organization's display name and labels, on behalf of {@code actingUser}, an owner or
   * admin. The revision does not change if they were the same already. {@link
   * AccountsException.InvalidArgument} if the new display name is empty.
   */
  public CompletableFuture<Organization> updateOrganization(
      OrganizationUpdate update, String actingUser, ChangeOption... options) {
    WriteSettings settings = WriteSettings.of(options);
    if (update.newDisplayName().filter(String::isEmpty).isPresent()) {
      return CompletableFuture.failedFuture(Mistakes.emptyDisplayName());
    }
    return calls.call(
        AccountServiceGrpc.getUpdateOrganizationMethod(),
        WriteRequests.updateOrganization(update, actingUser, settings),
        settings.deadline(),
        response -> Protos.organization(response.getOrganization()));
  }

  /** Adds a user to an organization, on behalf of {@code addingUser}, an owner or admin. */
  public CompletableFuture<Membership> addUserToOrganization(
      String organizationName,
      String username,
      Role role,
      String addingUser,
      WriteOption... options) {
    WriteSettings settings = WriteSettings.of(options);
    return calls.call(
        AccountServiceGrpc.getAddUserToOrganizationMethod(),
        WriteRequests.addUserToOrganization(organizationName, username, role, addingUser, settings),
        settings.deadline(),
        response -> Protos.membership(response.getMembership()));
  }

  /**
   * Returns the membership of a user in an organization. {@link AccountsException.NotFound} if the
   * user is not a member.
   */
  public CompletableFuture<ReadResult<Membership>> getMembership(
      String organizationName, String username, ReadOption... options) {
    ReadSettings settings = ReadSettings.of(options);
    return calls.call(
        AccountServiceGrpc.getGetMembershipMethod(),
        ReadRequests.getMembership(organizationName, username, settings),
        settings.deadline(),
        Protos::read);
  }

  /** Returns the membership of a user in an organization; empty if the user is not a member. */
  public CompletableFuture<Optional<Membership>> findMembership(
      String organizationName, String username, ReadOption... options) {
    ReadSettings settings = ReadSettings.of(options);
    return calls.find(
        AccountServiceGrpc.getGetMembershipMethod(),
        ReadRequests.getMembership(organizationName, username, settings),
        settings.deadline(),
        response -> Protos.membership(response.getMembership()),
        ErrorReason.MEMBERSHIP_NOT_FOUND);
  }

  /** Returns up to 100 memberships: one result for each key, in that order. */
  public CompletableFuture<ReadResult<List<Lookup<MembershipKey, Membership>>>> batchGetMemberships(
      List<MembershipKey> keys, ReadOption... options) {
    ReadSettings settings = ReadSettings.of(options);
    return calls.call(
        AccountServiceGrpc.getBatchGetMembershipsMethod(),
        ReadRequests.batchGetMemberships(keys, settings),
        settings.deadline(),
        Protos::read);
  }

  /**
   * Says whether a user has at least this role in an organization. A refusal is an answer; a future
   * that fails says nothing about access, so refuse then.
   *
   * @param requiredRole the least role that is enough
   */
  public CompletableFuture<ReadResult<AccessDecision>> checkAccess(
      String organizationName, String username, Role requiredRole, ReadOption... options) {
    return checkAccess(new AccessCheck(organizationName, username, requiredRole), options);
  }

  /** Answers a check, which may be about a certain user and a certain organization. */
  public CompletableFuture<ReadResult<AccessDecision>> checkAccess(
      AccessCheck check, ReadOption... options) {
    ReadSettings settings = ReadSettings.of(options);
    return calls.call(
        AccountServiceGrpc.getCheckAccessMethod(),
        AccessProtos.request(check, settings),
        settings.deadline(),
        AccessProtos::read);
  }

  /** Answers up to 100 checks like {@link #checkAccess}: one decision for each, in that order. */
  public CompletableFuture<ReadResult<List<AccessDecision>>> batchCheckAccess(
      List<AccessCheck> checks, ReadOption... options) {
    ReadSettings settings = ReadSettings.of(options);
    return calls.call(
        AccountServiceGrpc.getBatchCheckAccessMethod(),
        AccessProtos.request(checks, settings),
        settings.deadline(),
        AccessProtos::read);
  }

  /**
   * Changes the role of a member, on behalf of {@code actingUser}; the revision does not change if
   * the member had that role already.
   */
  public CompletableFuture<Membership> changeMemberRole(
      String organizationName,
      String username,
      Role role,
      String actingUser,
      ChangeOption... options) {
    WriteSettings settings = WriteSettings.of(options);
    return calls.call(
        AccountServiceGrpc.getChangeMemberRoleMethod(),
        WriteRequests.changeMemberRole(organizationName, username, role, actingUser, settings),
        settings.deadline(),
        response -> Protos.membership(response.getMembership()));
  }

  /**
   * Removes a member, on behalf of {@code actingUser}, which may be the member itself; returns the
   * last role and the revision of the removal.
   */
  public CompletableFuture<Membership> removeUserFromOrganization(
      String organizationName, String username, String actingUser, ChangeOption... options) {
    WriteSettings settings = WriteSettings.of(options);
    return calls.call(
        AccountServiceGrpc.getRemoveUserFromOrganizationMethod(),
        WriteRequests.removeUserFromOrganization(organizationName, username, actingUser, settings),
        settings.deadline(),
        response -> Protos.membership(response.getMembership()));
  }

  /**
   * Invites a user to an organization for 14 days, on behalf of {@code actingUser}, an owner or
   * admin; replaces an earlier invitation of the user to it. The user is a member when it has
   * accepted, if {@code actingUser} may still add it then.
   */
  public CompletableFuture<Invitation> inviteUser(
      String organizationName,
      String username,
      Role role,
      String actingUser,
      WriteOption... options) {
    WriteSettings settings = WriteSettings.of(options);
    return invite(
        InvitationProtos.invite(
            organizationName, username, role, actingUser, Optional.empty(), settings),
        settings);
  }

  /**
   * As {@link #inviteUser(String, String, Role, String, WriteOption...)}, for another time.
   *
   * @param timeToLive how long it can be accepted, 1 s to 30 days
   */
  public CompletableFuture<Invitation> inviteUser(
      String organizationName,
      String username,
      Role role,
      String actingUser,
      Duration timeToLive,
      WriteOption... options) {
    WriteSettings settings = WriteSettings.of(options);
    return invite(
        InvitationProtos.invite(
            organizationName, username, role, actingUser, Optional.of(timeToLive), settings),
        settings);
  }

  private CompletableFuture<Invitation> invite(InviteUserRequest request, WriteSettings settings) {
    return calls.call(
        AccountServiceGrpc.getInviteUserMethod(),
        request,
        settings.deadline(),
        response -> InvitationProtos.invitation(response.getInvitation()));
  }

  /**
   * Makes {@code actingUser}, who is invited, a member. {@link ErrorReason#INVITATION_NOT_FOUND} if
   * it is not invited, or the invitation can no longer be accepted.
   */
  public CompletableFuture<Membership> acceptInvitation(
      String organizationName, String actingUser, WriteOption... options) {
    WriteSettings settings = WriteSettings.of(options);
    return calls.call(
        AccountServiceGrpc.getAcceptInvitationMethod(),
        InvitationProtos.accept(organizationName, actingUser, settings),
        settings.deadline(),
        response -> Protos.membership(response.getMembership()));
  }

  /**
   * Ends an invitation, on behalf of {@code actingUser}: the invited user, who declines it, or an
   * owner or admin, who withdraws it.
   */
  public CompletableFuture<Invitation> deleteInvitation(
      String organizationName, String username, String actingUser, WriteOption... options) {
    WriteSettings settings = WriteSettings.of(options);
    return calls.call(
        AccountServiceGrpc.getDeleteInvitationMethod(),
        InvitationProtos.delete(organizationName, username, actingUser, settings),
        settings.deadline(),
        response -> InvitationProtos.invitation(response.getInvitation()));
  }

  /**
   * Lists the invitations to an organization by username. {@link AccountsException.NotFound} if
   * there is no organization.
   */
  public CompletableFuture<Page<Invitation>> listOrganizationInvitations(
      String organizationName, PageOption... options) {
    return invitations(
        settings -> InvitationProtos.ofOrganization(organizationName, settings),
        PageSettings.of(options));
  }

  /**
   * Lists a user's invitations by organization. {@link AccountsException.NotFound} if there is no
   * such user.
   */
  public CompletableFuture<Page<Invitation>> listUserInvitations(
      String username, PageOption... options) {
    return invitations(
        settings -> InvitationProtos.ofUser(username, settings), PageSettings.of(options));
  }

  /**
   * Lists an organization's members by username. {@link AccountsException.NotFound} if there is no
   * organization.
   */
  public CompletableFuture<Page<Membership>> listOrganizationMembers(
      String organizationName, PageOption... options) {
    return members(organizationName, Roles.ANY, PageSettings.of(options));
  }

  /** Lists an organization's members of one role by username. */
  public CompletableFuture<Page<Membership>> listOrganizationMembers(
      String organizationName, Role role, PageOption... options) {
    return members(organizationName, Roles.number(role), PageSettings.of(options));
  }

  /**
   * Lists a user's memberships by organization. {@link AccountsException.NotFound} if there is no
   * such user.
   */
  public CompletableFuture<Page<Membership>> listUserMemberships(
      String username, PageOption... options) {
    return memberships(username, PageSettings.of(options));
  }

  /**
   * Lists users by username; the caller needs the scope {@code accounts.list}. What was
   * acknowledged before is in the list, what was deleted is not.
   *
   * @param prefix how their usernames begin, letter case included; empty: all
   * @param options the size is 100 at most; there may be fewer on a page that is not the last
   */
  public CompletableFuture<Page<User>> listUsers(String prefix, PageOption... options) {
    return users(prefix, Optional.empty(), PageSettings.of(options));
  }

  /**
   * As {@link #listUsers(String, PageOption...)}, of those that have a label. Fails with {@code
   * UNIMPLEMENTED} if an instance of a version before labels answers with others.
   */
  public CompletableFuture<Page<User>> listUsers(
      String prefix, Label label, PageOption... options) {
    return users(prefix, Optional.of(label), PageSettings.of(options));
  }

  /**
   * Lists organizations by name, as {@link #listUsers(String, PageOption...)} lists users.
   *
   * @param prefix how their names begin, which are slugs; empty: all
   */
  public CompletableFuture<Page<Organization>> listOrganizations(
      String prefix, PageOption... options) {
    return organizations(prefix, Optional.empty(), PageSettings.of(options));
  }

  /**
   * As {@link #listOrganizations(String, PageOption...)}, of those that have a label. Fails with
   * {@code UNIMPLEMENTED} if an instance of a version before labels answers with others.
   */
  public CompletableFuture<Page<Organization>> listOrganizations(
      String prefix, Label label, PageOption... options) {
    return organizations(prefix, Optional.of(label), PageSettings.of(options));
  }

  /**
   * Lists all users, organizations and memberships, in no particular order, each as it is at some
   * moment of its page's call; the caller needs the scope {@code accounts.export}. What is made or
   * removed meanwhile may be missing: {@link #watchEverything}, opened before, has it. The service
   * reads its whole table for that, so make the calls slowly.
   *
   * @param options the size is the number of items of the table that are examined for a page; on it
   *     there may be few items or none
   */
  public CompletableFuture<Page<Entity>> listEntities(PageOption... options) {
    return entities(PageSettings.of(options));
  }

  /**
   * Lists the changes of a user, then those of its memberships by organization; those of each by
   * revision. The caller needs the scope {@code accounts.audit}. {@link AccountsException.NotFound}
   * if there is no such user and nothing is recorded of it.
   */
  public CompletableFuture<Page<AuditEntry>> listUserChanges(
      String username, PageOption... options) {
    return changes(settings -> AuditProtos.ofUser(username, settings), PageSettings.of(options));
  }

  /**
   * Lists the changes of an organization, then those of its memberships by username; those of each
   * by revision. The caller needs the scope {@code accounts.audit}. {@link
   * AccountsException.NotFound} if there is no organization and nothing is recorded of it.
   */
  public CompletableFuture<Page<AuditEntry>> listOrganizationChanges(
      String organizationName, PageOption... options) {
    return changes(
        settings -> AuditProtos.ofOrganization(organizationName, settings),
        PageSettings.of(options));
  }

  /**
   * Watches the changes of an organization and its memberships, until the watch is closed. The
   * caller needs the scope {@code accounts.watch}.
   *
   * @param token of an earlier watch of the organization, which goes on there; empty from now on
   * @return the watch, which the caller closes; it need not be open yet
   */
  public Watch watchOrganization(String organizationName, String token, WatchListener listener) {
    return watch(WatchProtos.ofOrganization(organizationName, token), listener);
  }

  /** As {@link #watchOrganization}, of a user and its memberships. */
  public Watch watchUser(String username, String token, WatchListener listener) {
    return watch(WatchProtos.ofUser(username, token), listener);
  }

  /** As {@link #watchOrganization}, of all users, organizations and memberships. */
  public Watch watchEverything(String token, WatchListener listener) {
    return watch(WatchProtos.ofEverything(token), listener);
  }

  /**
   * Keeps a copy of an organization and its memberships in this process, until it is closed. It is
   * not fresh: see {@link OrganizationReplica}. The caller needs the scopes {@code accounts.watch}
   * and {@code accounts.read}.
   *
   * @param listener receives what is new
   * @return the copy, which the caller closes; it has to be loaded before it can be asked
   */
  public OrganizationReplica replicateOrganization(
      String organizationName, ReplicaListener listener) {
    return replicateOrganization(
        organizationName, OrganizationReplica.DEFAULT_MAX_MEMBERS, listener);
  }

  /**
   * As {@link #replicateOrganization(String, ReplicaListener)}, with a limit of one's own.
   *
   * @param maxMembers the most members that the copy may have, 1 or more; each takes some 200
   *     bytes. The copy ends with {@code RESOURCE_EXHAUSTED} when there are more
   */
  public OrganizationReplica replicateOrganization(
      String organizationName, int maxMembers, ReplicaListener listener) {
    OrganizationReplica replica =
        new OrganizationReplica(
            this,
            organizationName,
            maxMembers,
            listener,
            replicas::remove,
            System::nanoTime,
            InstantSource.system());
    replicas.add(replica);
    replica.open();
    if (channel.isShutdown()) {
      replica.close();
    }
    return replica;
  }

  private Watch watch(WatchRequest request, WatchListener listener) {
    Watch watch = new Watch(calls.channel(), request, listener, watches::remove);
    watches.add(watch);
    watch.open();
    if (channel.isShutdown()) {
      watch.close();
    }
    return watch;
  }

  /**
   * Makes a call with the messages of the contract, for what the other methods do not cover.
   * Deadline, retries, request id and errors are as with them.
   *
   * @param method one of {@link AccountServiceGrpc}
   * @param deadline of the call; if empty, the client's default
   */
  public <Q extends Message, R> CompletableFuture<R> call(
      MethodDescriptor<Q, R> method, Q request, Optional<Deadline> deadline) {
    return calls.call(method, request, deadline, response -> response);
  }

  /**
   * Closes the client: ends its watches and replicas, waits up to 5 s for calls in flight, then
   * cancels them. Later calls fail.
   */
  @Override
  public void close() {
    replicas.forEach(OrganizationReplica::close);
    watches.forEach(Watch::close);
    onClose.run();
    channel.shutdown();
    try {
      if (!channel.awaitTermination(CLOSE_LIMIT.toSeconds(), TimeUnit.SECONDS)) {
        channel.shutdownNow();
      }
    } catch (InterruptedException e) {
      channel.shutdownNow();
      Thread.currentThread().interrupt();
    }
  }

  private CompletableFuture<Page<Membership>> members(
      String organizationName, int role, PageSettings settings) {
    return calls.call(
        AccountServiceGrpc.getListOrganizationMembersMethod(),
        ReadRequests.listOrganizationMembers(organizationName, role, settings),
        settings.deadline(),
        response ->
            new Page<>(
                Protos.memberships(response.getMembershipsList()),
                response.getNextPageToken(),
                token -> members(organizationName, role, settings.at(token))));
  }

  private CompletableFuture<Page<Invitation>> invitations(
      Function<PageSettings, ListInvitationsRequest> request, PageSettings settings) {
    return calls.call(
        AccountServiceGrpc.getListInvitationsMethod(),
        request.apply(settings),
        settings.deadline(),
        response ->
            new Page<>(
                InvitationProtos.invitations(response.getInvitationsList()),
                response.getNextPageToken(),
                token -> invitations(request, settings.at(token))));
  }

  private CompletableFuture<Page<User>> users(
      String prefix, Optional<Label> label, PageSettings settings) {
    return calls.call(
        AccountServiceGrpc.getListUsersMethod(),
        ReadRequests.listUsers(prefix, label, settings),
        settings.deadline(),
        response ->
            new Page<>(
                Labelled.users(Protos.users(response.getUsersList()), label),
                response.getNextPageToken(),
                response.getIncomplete(),
                token -> users(prefix, label, settings.at(token))));
  }

  private CompletableFuture<Page<Organization>> organizations(
      String prefix, Optional<Label> label, PageSettings settings) {
    return calls.call(
        AccountServiceGrpc.getListOrganizationsMethod(),
        ReadRequests.listOrganizations(prefix, label, settings),
        settings.deadline(),
        response ->
            new Page<>(
                Labelled.organizations(
                    Protos.organizations(response.getOrganizationsList()), label),
                response.getNextPageToken(),
                response.getIncomplete(),
                token -> organizations(prefix, label, settings.at(token))));
  }

  private CompletableFuture<Page<Entity>> entities(PageSettings settings) {
    return calls.call(
        AccountServiceGrpc.getListEntitiesMethod(),
        ReadRequests.listEntities(settings),
        settings.deadline(),
        response ->
            new Page<>(
                Protos.entities(response.getEntitiesList()),
                response.getNextPageToken(),
                token -> entities(settings.at(token))));
  }

  private CompletableFuture<Page<AuditEntry>> changes(
      Function<PageSettings, ListChangesRequest> request, PageSettings settings) {
    return calls.call(
        AccountServiceGrpc.getListChangesMethod(),
        request.apply(settings),
        settings.deadline(),
        response ->
            new Page<>(
                AuditProtos.entries(response.getChangesList()),
                response.getNextPageToken(),
                token -> changes(request, settings.at(token))));
  }

  private CompletableFuture<Page<Membership>> memberships(String username, PageSettings settings) {
    return calls.call(
        AccountServiceGrpc.getListUserMembershipsMethod(),
        ReadRequests.listUserMemberships(username, settings),
        settings.deadline(),
        response ->
            new Page<>(
                Protos.memberships(response.getMembershipsList()),
                response.getNextPageToken(),
                token -> memberships(username, settings.at(token))));
  }
}
