package accounts.store;

import accounts.domain.OrganizationName;
import accounts.domain.Role;
import accounts.domain.Username;
import java.util.Optional;

/** A query for a list of memberships. */
public sealed interface MembershipQuery {

  /**
   * Members of an organization by username.
   *
   * @param role only those with this role
   * @param after only those whose username comes after this
   */
  record OfOrganization(
      OrganizationName organization, Optional<Role> role, Optional<Username> after, int limit)
      implements MembershipQuery {}

  /**
   * Memberships of a user by organization.
   *
   * @param after only those whose organization comes after this
   */
  record OfUser(Username username, Optional<OrganizationName> after, int limit)
      implements MembershipQuery {}

  /** Returns the most memberships to return; 1 or more. */
  int limit();
}
