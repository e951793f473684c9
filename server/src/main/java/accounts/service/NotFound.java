package accounts.service;

import accounts.domain.AccountError.MembershipNotFound;
import accounts.domain.AccountError.OrganizationNotFound;
import accounts.domain.AccountError.Refusal;
import accounts.domain.AccountError.UserNotFound;
import accounts.domain.EntityKey;
import accounts.domain.EntityKey.MembershipKey;
import accounts.domain.EntityKey.OrganizationKey;
import accounts.domain.EntityKey.UserKey;
import accounts.domain.Revision;

/** The error for an entity that is not there. */
final class NotFound {

  private NotFound() {}

  /**
   * Returns the error.
   *
   * @param removal revision of the removal; {@link Revision#NONE} if it never was
   */
  static Refusal of(EntityKey<?> key, Revision removal) {
    return switch (key) {
      case UserKey user -> new UserNotFound(user.username(), removal);
      case OrganizationKey organization ->
          new OrganizationNotFound(organization.organization(), removal);
      case MembershipKey membership ->
          new MembershipNotFound(membership.organization(), membership.username(), removal);
    };
  }
}
