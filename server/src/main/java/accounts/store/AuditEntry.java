package accounts.store;

import accounts.domain.EntityKey;
import accounts.domain.Revision;
import accounts.domain.Role;
import accounts.domain.UserState;
import accounts.domain.Username;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * The record of one change of one entity. It says what was changed and not to which value, but for
 * roles and states; so it holds no personal data beyond names of users.
 *
 * @param revision the revision that the change made
 * @param time when it was made, to the millisecond, by the clock of the instance that made it
 * @param origin who asked for it
 * @param changedFields the names that the contract gives to the fields that an update changed;
 *     empty for a membership, of which only the role changes
 * @param roleBefore a member's role before the change; empty if it was none, and for other entities
 * @param roleAfter a member's role after the change; empty if it is none, and for other entities
 * @param stateAfter a user's state after an update changed it; otherwise empty
 * @param invitingUser who had invited the user that accepted, if a membership began by that;
 *     otherwise empty
 */
public record AuditEntry(
    EntityKey<?> entity,
    Action action,
    Revision revision,
    Instant time,
    Origin origin,
    List<String> changedFields,
    Optional<Role> roleBefore,
    Optional<Role> roleAfter,
    Optional<UserState> stateAfter,
    Optional<Username> invitingUser) {

  /** What was done to the entity. */
  public enum Action {
    /** It was created; a membership also when the user was a member before. */
    CREATED,
    /** It was replaced by its next revision. */
    UPDATED,
    /** It was removed; a user or an organization was deleted. */
    REMOVED,
    /** It was restored after it had been deleted. */
    RESTORED,
    /** What was left of a deleted user was erased. */
    ERASED
  }

  /** Copies the list. */
  public AuditEntry {
    changedFields = List.copyOf(changedFields);
  }

  /** Returns the record of a change that no invitation led to. */
  public AuditEntry(
      EntityKey<?> entity,
      Action action,
      Revision revision,
      Instant time,
      Origin origin,
      List<String> changedFields,
      Optional<Role> roleBefore,
      Optional<Role> roleAfter,
      Optional<UserState> stateAfter) {
    this(
        entity,
        action,
        revision,
        time,
        origin,
        changedFields,
        roleBefore,
        roleAfter,
        stateAfter,
        Optional.empty());
  }

  /** Returns the entry's place in the trails that it belongs to. */
  public AuditPosition position() {
    return new AuditPosition(entity, revision);
  }
}
