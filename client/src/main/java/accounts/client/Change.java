package accounts.client;

import java.time.Instant;
import java.util.Optional;

/**
 * One committed change of a user, an organization or a membership, as a watch shows it.
 *
 * @param kind the kind of the entity that changed
 * @param username the user, or the member; empty for an organization
 * @param organizationName slug of the organization, or of the membership's; empty for a user
 * @param action what happened
 * @param revision the revision that the change made, a removal's included; 0 if there is none, as
 *     after {@link ChangeAction#ERASED}
 * @param role a member's role after the change
 * @param state a user's state after the change
 * @param changeTime when it was made, by the clock of the instance that made it
 */
public record Change(
    EntityKind kind,
    Optional<String> username,
    Optional<String> organizationName,
    ChangeAction action,
    long revision,
    Optional<Role> role,
    Optional<UserState> state,
    Instant changeTime) {}
