package accounts.store;

import accounts.domain.Account;
import accounts.domain.Entity;
import accounts.domain.EntityKey.AccountKey;
import accounts.domain.EntityKey.MembershipKey;
import accounts.domain.Invitation;
import accounts.domain.Labels;
import accounts.domain.Membership;
import accounts.domain.OrganizationName;
import accounts.domain.Revision;
import accounts.domain.Role;
import accounts.domain.Username;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** A change of a commit, or a condition that it depends on; all are checked when it commits. */
public sealed interface Change {

  /** Creates an entity that does not exist, and whose last revision is the one before. */
  record Create(Entity entity) implements Change {}

  /**
   * Replaces the previous revision of an entity.
   *
   * @param before the labels of the previous revision; for a membership none
   */
  record Replace(Entity entity, Labels before) implements Change {

    /** Leaves the labels. */
    public Replace(Entity entity) {
      this(entity, entity instanceof Account account ? account.labels() : Labels.NONE);
    }
  }

  /** Removes a membership whose previous revision exists; its tombstone keeps the revision. */
  record Remove(Membership membership) implements Change {}

  /**
   * Ends a user or an organization whose previous revision exists, and is being deleted. What it
   * was is kept aside, to be restored, until its name is free.
   */
  record End(Account account, Instant reservedUntil) implements Change {}

  /**
   * Restores a deleted user or organization: creates it again, from what was kept aside, which ends
   * with that.
   */
  record Restore(Account account) implements Change {}

  /**
   * Erases what is left of a deleted user whose tombstone is at the previous revision: only the
   * revision remains, and that the name is reserved.
   *
   * @param time when, for the audit trail
   */
  record Erase(Username username, Revision revision, Instant reservedUntil, Instant time)
      implements Change {}

  /** Notes a deletion that begins, of which there must be no note. */
  record NoteDeletion(Deletion deletion) implements Change {}

  /**
   * Notes a step of a deletion, which nobody has got on with since.
   *
   * @param step the memberships that it removes
   */
  record NoteProgress(OpenDeletion seen, List<MembershipKey> step) implements Change {}

  /** Removes the note of a deletion, which nobody has got on with since. */
  record DropDeletion(OpenDeletion seen) implements Change {}

  /**
   * Makes an invitation.
   *
   * @param replaced the invitation of the user to the organization that must be there, expired or
   *     not; empty if there must be none
   */
  record PutInvitation(Invitation invitation, Optional<Invitation> replaced) implements Change {}

  /** Ends an invitation, which must be as it was seen. */
  record DropInvitation(Invitation seen) implements Change {}

  /** A condition: the entity must exist at exactly this revision. */
  record Keep(Entity entity) implements Change {}

  /** A condition: the user or organization must exist, and not be about to be deleted. */
  record Require(AccountKey<?> key) implements Change {}

  /** A condition: the user must exist, and be neither suspended nor about to be deleted. */
  record RequireActive(Username username) implements Change {}

  /** A condition: the user must have one of these roles in the organization. */
  record RequireRole(OrganizationName organization, Username username, Set<Role> roles)
      implements Change {}

  /**
   * Increments the number of owners of an organization, which must exist, and not be about to be
   * deleted.
   */
  record AddOwner(OrganizationName organization) implements Change {}

  /**
   * Decrements the number of owners; at least one must be left.
   *
   * @param leaving the user who is no longer an owner
   */
  record DropOwner(OrganizationName organization, Username leaving) implements Change {}
}
