package accounts.client;

import accounts.v1.AccountServiceGrpc;
import com.google.protobuf.Message;
import io.grpc.ManagedChannel;
import io.grpc.MethodDescriptor;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/**
 * The service, seen from another one: a method for each RPC, which the contract ({@code
 * accounts.v1.AccountService}) describes. One client serves a whole process; it holds connections
 * to all instances, and whoever built it closes it.
 *
 * <p>Every future fails with {@link AccountsException} alone. Every call has a deadline, is retried
 * where that is safe, and ends early when its future is cancelled or completed by somebody else; a
 * future derived from it ({@code thenApply}) does not pass its own cancellation on.
 *
 * <p>An {@code organizationName} is a slug, or a display name that turns into it.
 */
public final class AccountsClient implements AutoCloseable {

  private static final Duration CLOSE_LIMIT = Duration.ofSeconds(5);

  private final ManagedChannel channel;
  private final Calls calls;

  AccountsClient(ManagedChannel channel, Calls calls) {
    this.channel = channel;
    this.calls = calls;
  }

  /**
   * Begins a client.
   *
   * @param target {@code host:port}, or any gRPC target; {@code dns:///host:port} of a headless
   *     Kubernetes Service has an address for each instance
   */
  public static AccountsClientBuilder builder(String target) {
    return new AccountsClientBuilder(target);
  }

  /** The same client for threads that may wait; closing this one ends both. */
  public BlockingAccountsClient blocking() {
    return new BlockingAccountsClient(this);
  }

  /** Creates a user. {@link AccountsException.AlreadyExists} if the username is taken. */
  public CompletableFuture<User> createUser(
      String username, String firstName, String lastName, WriteOption... options) {
    WriteSettings settings = WriteSettings.of(options);
    return calls.call(
        AccountServiceGrpc.getCreateUserMethod(),
        WriteRequests.createUser(username, firstName, lastName, settings),
        settings.deadline(),
        response -> Protos.user(response.getUser()));
  }

  /** Looks one user up. {@link AccountsException.NotFound} if there is none. */
  public CompletableFuture<ReadResult<User>> getUser(String username, ReadOption... options) {
    ReadSettings settings = ReadSettings.of(options);
    return calls.call(
        AccountServiceGrpc.getGetUserMethod(),
        ReadRequests.getUser(username, settings),
        settings.deadline(),
        Protos::read);
  }

  /** Looks one user up; empty if there is none. */
  public CompletableFuture<Optional<User>> findUser(String username, ReadOption... options) {
    ReadSettings settings = ReadSettings.of(options);
    return calls.find(
        AccountServiceGrpc.getGetUserMethod(),
        ReadRequests.getUser(username, settings),
        settings.deadline(),
        response -> Protos.user(response.getUser()),
        ErrorReason.USER_NOT_FOUND);
  }

  /** Looks up to 100 users up: one result for each username, in that order. */
  public CompletableFuture<ReadResult<List<Lookup<String, User>>>> batchGetUsers(
      List<String> usernames, ReadOption... options) {
    ReadSettings settings = ReadSettings.of(options);
    return calls.call(
        AccountServiceGrpc.getBatchGetUsersMethod(),
        ReadRequests.batchGetUsers(usernames, settings),
        settings.deadline(),
        Protos::read);
  }

  /** Changes a user's names; the revision stays if nothing was different. */
  public CompletableFuture<User> updateUser(UserUpdate update, ChangeOption... options) {
    WriteSettings settings = WriteSettings.of(options);
    return calls.call(
        AccountServiceGrpc.getUpdateUserMethod(),
        WriteRequests.updateUser(update, settings),
        settings.deadline(),
        response -> Protos.user(response.getUser()));
  }

  /** Creates an organization, whose first owner is its founder, who must exist. */
  public CompletableFuture<NewOrganization> createOrganization(
      String organizationName, String foundingUser, WriteOption... options) {
    WriteSettings settings = WriteSettings.of(options);
    return calls.call(
        AccountServiceGrpc.getCreateOrganizationMethod(),
        WriteRequests.createOrganization(organizationName, foundingUser, settings),
        settings.deadline(),
        Protos::created);
  }

  /** Looks one organization up. {@link AccountsException.NotFound} if there is none. */
  public CompletableFuture<ReadResult<Organization>> getOrganization(
      String organizationName, ReadOption... options) {
    ReadSettings settings = ReadSettings.of(options);
    return calls.call(
        AccountServiceGrpc.getGetOrganizationMethod(),
        ReadRequests.getOrganization(organizationName, settings),
        settings.deadline(),
        Protos::read);
  }

  /** Looks one organization up; empty if there is none. */
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

  /** Makes a user a member, on behalf of {@code addingUser}, an owner or admin. */
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
   * Looks up what one user is in one organization. {@link AccountsException.NotFound} if not a
   * member.
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

  /** Looks up what one user is in one organization; empty if not a member. */
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

  /** Looks up to 100 memberships up: one result for each key, in that order. */
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
   * Gives a member another role, on behalf of {@code actingUser}; the revision stays if it was that
   * already.
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
   * Ends a membership, on behalf of {@code actingUser}; the result is its last role and the
   * revision of the removal.
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
   * Makes a call with the contract's own messages, for what the methods above leave out; deadline,
   * retries, request id and errors are as theirs.
   *
   * @param method one of {@link AccountServiceGrpc}
   * @param deadline empty: the client's own
   */
  public <Q extends Message, R> CompletableFuture<R> call(
      MethodDescriptor<Q, R> method, Q request, Optional<Deadline> deadline) {
    return calls.call(method, request, deadline, response -> response);
  }

  /**
   * Lets calls under way end, for 5 s at the most, then cancels them; calls made afterwards fail.
   * Blocks until then.
   */
  @Override
  public void close() {
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
