package accounts.store;

import accounts.domain.Entity;
import accounts.domain.EntityKey;
import accounts.domain.Membership;
import accounts.domain.OrganizationName;
import accounts.domain.Role;
import accounts.domain.Username;
import java.util.Set;

/** A change of a commit, or a condition that it depends on; all are checked when it commits. */
public sealed interface Change {

  /** Creates an entity that does not exist, and whose last revision is the one before. */
  record Create(Entity entity) implements Change {}

  /** Replaces the previous revision of an entity. */
  record Replace(Entity entity) implements Change {}

  /** Removes a membership whose previous revision exists; its tombstone keeps the revision. */
  record Remove(Membership membership) implements Change {}

  /** A condition: the entity must exist at exactly this revision. */
  record Keep(Entity entity) implements Change {}

  /** A condition: the entity must exist. */
  record Require(EntityKey<?> key) implements Change {}

  /** A condition: the user must exist, and not be suspended. */
  record RequireActive(Username username) implements Change {}

  /** A condition: the user must have one of these roles in the organization. */
  record RequireRole(OrganizationName organization, Username username, Set<Role> roles)
      implements Change {}

  /** Increments the number of owners of an organization, which must exist. */
  record AddOwner(OrganizationName organization) implements Change {}

  /**
   * Decrements the number of owners; at least one must be left.
   *
   * @param leaving the user who is no longer an owner
   */
  record DropOwner(OrganizationName organization, Username leaving) implements Change {}
}
