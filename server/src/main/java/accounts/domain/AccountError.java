package accounts.domain;

import accounts.domain.EntityKey.AccountKey;
import accounts.domain.EntityKey.MembershipKey;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** An error that a caller is told about; {@code docs/api.md} lists all of them. */
public sealed interface AccountError {

  /**
   * A refusal by the rules, decided on the store's data; a retry with the same request id gets the
   * same refusal.
   */
  sealed interface Refusal extends AccountError {}

  /** Fields that are missing or malformed, all of them. */
  record InvalidFields(List<FieldFault> faults) implements AccountError {

    /** Returns an error with a single fault. */
    public static InvalidFields of(String field, String description) {
      return new InvalidFields(List.of(new FieldFault(field, description)));
    }
  }

  /**
   * There is no such user.
   *
   * @param removal revision of the deletion; {@link Revision#NONE} if it never was
   */
  record UserNotFound(Username username, Revision removal) implements Refusal {

    /** Of a user that never was. */
    public UserNotFound(Username username) {
      this(username, Revision.NONE);
    }
  }

  /**
   * There is no such organization.
   *
   * @param removal revision of the deletion; {@link Revision#NONE} if it never was
   */
  record OrganizationNotFound(OrganizationName organization, Revision removal) implements Refusal {

    /** Of an organization that never was. */
    public OrganizationNotFound(OrganizationName organization) {
      this(organization, Revision.NONE);
    }
  }

  /**
   * The user is not a member of the organization.
   *
   * @param removal revision of the removal; {@link Revision#NONE} if it never was a member
   */
  record MembershipNotFound(OrganizationName organization, Username username, Revision removal)
      implements Refusal {}

  /** The user is not invited to the organization, or the invitation can no longer be accepted. */
  record InvitationNotFound(OrganizationName organization, Username username) implements Refusal {}

  /** The username is taken, or reserved for a deleted user. */
  record UserAlreadyExists(Username username) implements Refusal {}

  /** The organization's name is taken, or reserved for a deleted organization. */
  record OrganizationAlreadyExists(OrganizationName organization) implements Refusal {}

  /** The user is a member already. */
  record MembershipAlreadyExists(OrganizationName organization, Username username)
      implements Refusal {}

  /**
   * The acting user's role does not allow it.
   *
   * @param has the acting user's role; empty if it is no member
   * @param required roles that would do
   */
  record RoleRequired(
      OrganizationName organization, Username actingUser, Optional<Role> has, Set<Role> required)
      implements Refusal {}

  /** The acting user is suspended. */
  record UserSuspended(Username username) implements Refusal {}

  /** The user or organization is being deleted. */
  record BeingDeleted(AccountKey<?> key) implements Refusal {}

  /** The user must be deleted first. */
  record NotDeleted(Username username) implements Refusal {}

  /**
   * What is to be deleted has memberships.
   *
   * @param first some of them
   * @param more whether there are others
   */
  record HasMemberships(AccountKey<?> key, List<MembershipKey> first, boolean more)
      implements Refusal {

    /** Copies the list. */
    public HasMemberships {
      first = List.copyOf(first);
    }
  }

  /**
   * The user or organization would have more than {@link Labels#MOST} labels.
   *
   * @param labels how many it would have
   */
  record TooManyLabels(AccountKey<?> key, int labels) implements Refusal {}

  /** The organization would be left without an owner. */
  record LastOwner(OrganizationName organization, Username username) implements Refusal {}

  /** The entity is at another revision than the caller expects. */
  record RevisionMismatch(EntityKey<?> key, Revision expected, Revision actual)
      implements Refusal {}

  /** The name belongs to another entity than the caller expects. */
  record UidMismatch(EntityKey<?> key, Uid expected, Uid actual, Revision revision)
      implements AccountError {}

  /**
   * The caller did not prove who it is.
   *
   * @param why what is wrong with its credentials, for the caller
   */
  record Unauthenticated(String why) implements AccountError {}

  /**
   * Nobody knows whether the caller's token is good: its issuer's keys could not be fetched yet.
   *
   * @param retryAfter when they may be there
   */
  record IssuerUnavailable(String issuer, Duration retryAfter) implements AccountError {}

  /**
   * The caller is known, and may not do this.
   *
   * @param scope what it would need
   * @param actingUser the user that it wanted to act as, if that is what it may not
   */
  record ScopeRequired(String scope, Optional<Username> actingUser) implements AccountError {}

  /** The request id was used for another request. */
  record RequestIdReused(RequestId requestId) implements AccountError {}

  /** Changes after the token of a watch are no longer kept, or it is not one of this table. */
  record WatchTokenExpired() implements AccountError {}

  /**
   * The caller of a watch does not take what it is sent.
   *
   * @param token with which to go on
   */
  record WatchTooSlow(String token) implements AccountError {}

  /**
   * This instance stops, and its watches with it.
   *
   * @param token with which to go on; empty for a watch from now on that had not begun
   */
  record WatchEnded(String token) implements AccountError {}

  /** This instance does not read the table's changes. */
  record WatchNotOffered() implements AccountError {}

  /** This instance sheds load. */
  record Overloaded(Duration retryAfter) implements AccountError {}

  /** The deletion has begun, and goes on without the caller. */
  record DeletionUnfinished(AccountKey<?> key, Duration retryAfter) implements AccountError {}

  /** The store throttles, or the entity is too contended. */
  record StoreThrottled(Duration retryAfter) implements AccountError {}

  /** The store is unreachable; the outcome of a mutation is unknown. */
  record StoreUnavailable(Duration retryAfter) implements AccountError {}
}
