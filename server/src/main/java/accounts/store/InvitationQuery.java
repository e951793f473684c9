package accounts.store;

import accounts.domain.OrganizationName;
import accounts.domain.Username;
import java.util.Optional;

/** A query for a list of invitations. */
public sealed interface InvitationQuery {

  /**
   * Invitations to an organization by username.
   *
   * @param after only those whose username comes after this
   */
  record OfOrganization(OrganizationName organization, Optional<Username> after, int limit)
      implements InvitationQuery {}

  /**
   * Invitations of a user by organization.
   *
   * @param after only those whose organization comes after this
   */
  record OfUser(Username username, Optional<OrganizationName> after, int limit)
      implements InvitationQuery {}

  /** Returns the most invitations to return; 1 or more. */
  int limit();
}
