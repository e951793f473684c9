package accounts.client;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A blocking client of the Accounts service: the methods of {@link AccountsClient}, which return
 * the result or throw {@link AccountsException}. An interrupt cancels the call and keeps the
 * thread's interrupt flag; the outcome of an interrupted write is unknown, so repeat it with the
 * same {@link WriteOption#requestId}. Returned by {@link AccountsClient#blocking}; close that
 * client instead of this one.
 */
public final class BlockingAccountsClient {

  private final AccountsClient async;

  BlockingAccountsClient(AccountsClient async) {
    this.async = async;
  }

  /** See {@link AccountsClient#createUser(String, String, String, WriteOption...)}. */
  public User createUser(
      String username, String firstName, String lastName, WriteOption... options) {
    return Blocking.await(async.createUser(username, firstName, lastName, options));
  }

  /** See {@link AccountsClient#createUser(String, String, String, Map, WriteOption...)}. */
  public User createUser(
      String username,
      String firstName,
      String lastName,
      Map<String, String> labels,
      WriteOption... options) {
    return Blocking.await(async.createUser(username, firstName, lastName, labels, options));
  }

  /** See {@link AccountsClient#getUser(String, ReadOption...)}. */
  public ReadResult<User> getUser(String username, ReadOption... options) {
    return Blocking.await(async.getUser(username, options));
  }

  /** See {@link AccountsClient#findUser(String, ReadOption...)}. */
  public Optional<User> findUser(String username, ReadOption... options) {
    return Blocking.await(async.findUser(username, options));
  }

  /** See {@link AccountsClient#batchGetUsers(List, ReadOption...)}. */
  public ReadResult<List<Lookup<String, User>>> batchGetUsers(
      List<String> usernames, ReadOption... options) {
    return Blocking.await(async.batchGetUsers(usernames, options));
  }

  /** See {@link AccountsClient#updateUser(UserUpdate, ChangeOption...)}. */
  public User updateUser(UserUpdate update, ChangeOption... options) {
    return Blocking.await(async.updateUser(update, options));
  }

  /** See {@link AccountsClient#suspendUser(String, ChangeOption...)}. */
  public User suspendUser(String username, ChangeOption... options) {
    return Blocking.await(async.suspendUser(username, options));
  }

  /** See {@link AccountsClient#resumeUser(String, ChangeOption...)}. */
  public User resumeUser(String username, ChangeOption... options) {
    return Blocking.await(async.resumeUser(username, options));
  }

  /** See {@link AccountsClient#deleteUser(String, ChangeOption...)}. */
  public User deleteUser(String username, ChangeOption... options) {
    return Blocking.await(async.deleteUser(username, options));
  }

  /** See {@link AccountsClient#deleteUserAndMemberships(String, ChangeOption...)}. */
  public User deleteUserAndMemberships(String username, ChangeOption... options) {
    return Blocking.await(async.deleteUserAndMemberships(username, options));
  }

  /** See {@link AccountsClient#undeleteUser(String, WriteOption...)}. */
  public User undeleteUser(String username, WriteOption... options) {
    return Blocking.await(async.undeleteUser(username, options));
  }

  /** See {@link AccountsClient#purgeUser(String, WriteOption...)}. */
  public void purgeUser(String username, WriteOption... options) {
    var unused = Blocking.await(async.purgeUser(username, options));
  }

  /** See {@link AccountsClient#deleteOrganization(String, String, ChangeOption...)}. */
  public Organization deleteOrganization(
      String organizationName, String deletingUser, ChangeOption... options) {
    return Blocking.await(async.deleteOrganization(organizationName, deletingUser, options));
  }

  /**
   * See {@link AccountsClient#deleteOrganizationAndMemberships(String, String, ChangeOption...)}.
   */
  public Organization deleteOrganizationAndMemberships(
      String organizationName, String deletingUser, ChangeOption... options) {
    return Blocking.await(
        async.deleteOrganizationAndMemberships(organizationName, deletingUser, options));
  }

  /** See {@link AccountsClient#undeleteOrganization(String, String, WriteOption...)}. */
  public RestoredOrganization undeleteOrganization(
      String organizationName, String owner, WriteOption... options) {
    return Blocking.await(async.undeleteOrganization(organizationName, owner, options));
  }

  /** See {@link AccountsClient#createOrganization(String, String, WriteOption...)}. */
  public NewOrganization createOrganization(
      String organizationName, String foundingUser, WriteOption... options) {
    return Blocking.await(async.createOrganization(organizationName, foundingUser, options));
  }

  /** See {@link AccountsClient#createOrganization(String, String, Map, WriteOption...)}. */
  public NewOrganization createOrganization(
      String organizationName,
      String foundingUser,
      Map<String, String> labels,
      WriteOption... options) {
    return Blocking.await(
        async.createOrganization(organizationName, foundingUser, labels, options));
  }

  /** See {@link AccountsClient#updateOrganization(OrganizationUpdate, String, ChangeOption...)}. */
  public Organization updateOrganization(
      OrganizationUpdate update, String actingUser, ChangeOption... options) {
    return Blocking.await(async.updateOrganization(update, actingUser, options));
  }

  /** See {@link AccountsClient#updateOrganization(String, String, String, ChangeOption...)}. */
  public Organization updateOrganization(
      String organizationName, String displayName, String actingUser, ChangeOption... options) {
    return Blocking.await(
        async.updateOrganization(organizationName, displayName, actingUser, options));
  }

  /** See {@link AccountsClient#getOrganization(String, ReadOption...)}. */
  public ReadResult<Organization> getOrganization(String organizationName, ReadOption... options) {
    return Blocking.await(async.getOrganization(organizationName, options));
  }

  /** See {@link AccountsClient#findOrganization(String, ReadOption...)}. */
  public Optional<Organization> findOrganization(String organizationName, ReadOption... options) {
    return Blocking.await(async.findOrganization(organizationName, options));
  }

  /**
   * See {@link AccountsClient#addUserToOrganization(String, String, Role, String, WriteOption...)}.
   */
  public Membership addUserToOrganization(
      String organizationName,
      String username,
      Role role,
      String addingUser,
      WriteOption... options) {
    return Blocking.await(
        async.addUserToOrganization(organizationName, username, role, addingUser, options));
  }

  /** See {@link AccountsClient#getMembership(String, String, ReadOption...)}. */
  public ReadResult<Membership> getMembership(
      String organizationName, String username, ReadOption... options) {
    return Blocking.await(async.getMembership(organizationName, username, options));
  }

  /** See {@link AccountsClient#findMembership(String, String, ReadOption...)}. */
  public Optional<Membership> findMembership(
      String organizationName, String username, ReadOption... options) {
    return Blocking.await(async.findMembership(organizationName, username, options));
  }

  /** See {@link AccountsClient#batchGetMemberships(List, ReadOption...)}. */
  public ReadResult<List<Lookup<MembershipKey, Membership>>> batchGetMemberships(
      List<MembershipKey> keys, ReadOption... options) {
    return Blocking.await(async.batchGetMemberships(keys, options));
  }

  /** See {@link AccountsClient#checkAccess(String, String, Role, ReadOption...)}. */
  public ReadResult<AccessDecision> checkAccess(
      String organizationName, String username, Role requiredRole, ReadOption... options) {
    return Blocking.await(async.checkAccess(organizationName, username, requiredRole, options));
  }

  /** See {@link AccountsClient#batchCheckAccess(List, ReadOption...)}. */
  public ReadResult<List<AccessDecision>> batchCheckAccess(
      List<AccessCheck> checks, ReadOption... options) {
    return Blocking.await(async.batchCheckAccess(checks, options));
  }

  /** See {@link AccountsClient#changeMemberRole(String, String, Role, String, ChangeOption...)}. */
  public Membership changeMemberRole(
      String organizationName,
      String username,
      Role role,
      String actingUser,
      ChangeOption... options) {
    return Blocking.await(
        async.changeMemberRole(organizationName, username, role, actingUser, options));
  }

  /**
   * See {@link AccountsClient#removeUserFromOrganization(String, String, String, ChangeOption...)}.
   */
  public Membership removeUserFromOrganization(
      String organizationName, String username, String actingUser, ChangeOption... options) {
    return Blocking.await(
        async.removeUserFromOrganization(organizationName, username, actingUser, options));
  }

  /** See {@link AccountsClient#inviteUser(String, String, Role, String, WriteOption...)}. */
  public Invitation inviteUser(
      String organizationName,
      String username,
      Role role,
      String actingUser,
      WriteOption... options) {
    return Blocking.await(async.inviteUser(organizationName, username, role, actingUser, options));
  }

  /**
   * See {@link AccountsClient#inviteUser(String, String, Role, String, Duration, WriteOption...)}.
   */
  public Invitation inviteUser(
      String organizationName,
      String username,
      Role role,
      String actingUser,
      Duration timeToLive,
      WriteOption... options) {
    return Blocking.await(
        async.inviteUser(organizationName, username, role, actingUser, timeToLive, options));
  }

  /** See {@link AccountsClient#acceptInvitation(String, String, WriteOption...)}. */
  public Membership acceptInvitation(
      String organizationName, String actingUser, WriteOption... options) {
    return Blocking.await(async.acceptInvitation(organizationName, actingUser, options));
  }

  /** See {@link AccountsClient#deleteInvitation(String, String, String, WriteOption...)}. */
  public Invitation deleteInvitation(
      String organizationName, String username, String actingUser, WriteOption... options) {
    return Blocking.await(async.deleteInvitation(organizationName, username, actingUser, options));
  }

  /** See {@link AccountsClient#listOrganizationInvitations(String, PageOption...)}. */
  public Page<Invitation> listOrganizationInvitations(
      String organizationName, PageOption... options) {
    return Blocking.await(async.listOrganizationInvitations(organizationName, options));
  }

  /** See {@link AccountsClient#listUserInvitations(String, PageOption...)}. */
  public Page<Invitation> listUserInvitations(String username, PageOption... options) {
    return Blocking.await(async.listUserInvitations(username, options));
  }

  /** See {@link AccountsClient#listOrganizationMembers(String, PageOption...)}. */
  public Page<Membership> listOrganizationMembers(String organizationName, PageOption... options) {
    return Blocking.await(async.listOrganizationMembers(organizationName, options));
  }

  /** See {@link AccountsClient#listOrganizationMembers(String, Role, PageOption...)}. */
  public Page<Membership> listOrganizationMembers(
      String organizationName, Role role, PageOption... options) {
    return Blocking.await(async.listOrganizationMembers(organizationName, role, options));
  }

  /** See {@link AccountsClient#listUserMemberships(String, PageOption...)}. */
  public Page<Membership> listUserMemberships(String username, PageOption... options) {
    return Blocking.await(async.listUserMemberships(username, options));
  }

  /** See {@link AccountsClient#listUsers(String, Label, PageOption...)}. */
  public Page<User> listUsers(String prefix, Label label, PageOption... options) {
    return Blocking.await(async.listUsers(prefix, label, options));
  }

  /** See {@link AccountsClient#listUsers(String, PageOption...)}. */
  public Page<User> listUsers(String prefix, PageOption... options) {
    return Blocking.await(async.listUsers(prefix, options));
  }

  /** See {@link AccountsClient#listOrganizations(String, Label, PageOption...)}. */
  public Page<Organization> listOrganizations(String prefix, Label label, PageOption... options) {
    return Blocking.await(async.listOrganizations(prefix, label, options));
  }

  /** See {@link AccountsClient#listOrganizations(String, PageOption...)}. */
  public Page<Organization> listOrganizations(String prefix, PageOption... options) {
    return Blocking.await(async.listOrganizations(prefix, options));
  }

  /** See {@link AccountsClient#listEntities}; the stream of the page reads everything. */
  public Page<Entity> listEntities(PageOption... options) {
    return Blocking.await(async.listEntities(options));
  }

  /** See {@link AccountsClient#listUserChanges(String, PageOption...)}. */
  public Page<AuditEntry> listUserChanges(String username, PageOption... options) {
    return Blocking.await(async.listUserChanges(username, options));
  }

  /** See {@link AccountsClient#listOrganizationChanges(String, PageOption...)}. */
  public Page<AuditEntry> listOrganizationChanges(String organizationName, PageOption... options) {
    return Blocking.await(async.listOrganizationChanges(organizationName, options));
  }
}
