package accounts.client;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * The record of one change of a user, an organization or a membership.
 *
 * @param kind the kind of the entity that changed
 * @param username the user, or the member; empty for an organization
 * @param organizationName slug of the organization, or of the membership's; empty for a user
 * @param action what was done
 * @param fromRevision the revision before the change; 0 if the entity never existed before
 * @param toRevision the revision that the change made; orders the changes of an entity
 * @param actingUser the user as whom it was made; empty for the creation, suspension and resumption
 *     of a user
 * @param caller the issuer and the subject of the caller's token with a space between them, or its
 *     SPIFFE id; empty where the server did not ask who called
 * @param requestId the idempotency key of the request; empty if it had none
 * @param changeTime when it was made, by the clock of the instance that made it
 * @param changedFields the contract's names of the fields of a user that an update changed
 * @param roleBefore a member's role before it was changed or removed
 * @param roleAfter a member's role after it was added or changed
 * @param stateAfter a user's state after it was suspended or resumed
 * @param invitingUser who had invited the acting user, if a membership began because it accepted
 */
public record AuditEntry(
    EntityKind kind,
    Optional<String> username,
    Optional<String> organizationName,
    AuditAction action,
    long fromRevision,
    long toRevision,
    Optional<String> actingUser,
    Optional<String> caller,
    Optional<String> requestId,
    Instant changeTime,
    List<String> changedFields,
    Optional<Role> roleBefore,
    Optional<Role> roleAfter,
    Optional<UserState> stateAfter,
    Optional<String> invitingUser) {

  /** Returns the record of a change that no invitation led to. */
  public AuditEntry(
      EntityKind kind,
      Optional<String> username,
      Optional<String> organizationName,
      AuditAction action,
      long fromRevision,
      long toRevision,
      Optional<String> actingUser,
      Optional<String> caller,
      Optional<String> requestId,
      Instant changeTime,
      List<String> changedFields,
      Optional<Role> roleBefore,
      Optional<Role> roleAfter,
      Optional<UserState> stateAfter) {
    this(
        kind,
        username,
        organizationName,
        action,
        fromRevision,
        toRevision,
        actingUser,
        caller,
        requestId,
        changeTime,
        changedFields,
        roleBefore,
        roleAfter,
        stateAfter,
        Optional.empty());
  }
}
