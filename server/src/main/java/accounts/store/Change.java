package accounts.store;

import accounts.domain.Entity;
import accounts.domain.EntityKey;
import accounts.domain.Membership;
import accounts.domain.OrganizationName;
import accounts.domain.Role;
import accounts.domain.Username;
import java.util.Set;

/**
 * One change of a commit, or one condition that it depends on; each is checked at the moment of the
 * commit.
 */
public sealed interface Change {

  /** Puts an entity that is not there, and whose last revision is the one before the entity's. */
  record Create(Entity entity) implements Change {}

  /** Puts an entity in the place of its previous revision. */
  record Replace(Entity entity) implements Change {}

  /** Ends a membership whose previous revision is there; what is left keeps the revision. */
  record Remove(Membership membership) implements Change {}

  /** Changes nothing: the entity must be there at exactly this revision. */
  record Keep(Entity entity) implements Change {}

  /** Changes nothing: there must be such an entity. */
  record Require(EntityKey<?> key) implements Change {}

  /** Changes nothing: the user must have one of these roles in the organization. */
  record RequireRole(OrganizationName organization, Username username, Set<Role> roles)
      implements Change {}

  /** Counts one more owner of an organization, which must be there. */
  record AddOwner(OrganizationName organization) implements Change {}

  /**
   * Counts one owner less; there must be another one left.
   *
   * @param leaving who is an owner no longer
   */
  record DropOwner(OrganizationName organization, Username leaving) implements Change {}
}
