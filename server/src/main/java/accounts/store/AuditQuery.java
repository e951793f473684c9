package accounts.store;

import accounts.domain.OrganizationName;
import accounts.domain.Username;
import java.util.Optional;

/**
 * A query for a trail: the entries of a user or an organization, then those of its memberships by
 * the other name; those of each by revision.
 */
public sealed interface AuditQuery {

  /**
   * The trail of an organization and its members.
   *
   * @param after only what comes after this
   */
  record OfOrganization(OrganizationName organization, Optional<AuditPosition> after, int limit)
      implements AuditQuery {}

  /**
   * The trail of a user and its memberships.
   *
   * @param after only what comes after this
   */
  record OfUser(Username username, Optional<AuditPosition> after, int limit)
      implements AuditQuery {}

  /** Returns the most entries to return; 1 or more. */
  int limit();
}
