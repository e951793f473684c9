package accounts.store;

import accounts.domain.EntityKey;
import accounts.domain.Revision;
import accounts.domain.Role;
import accounts.domain.UserState;
import java.time.Instant;
import java.util.Optional;

/**
 * One committed change of one entity, as the feed has it. It holds no personal data beyond names of
 * users.
 *
 * @param revision the revision that the change made; {@link Revision#NONE} if the item is gone from
 *     the table, or was changed by hand to something that is no entity
 * @param role a member's role after the change; empty if it is none, and for other entities
 * @param state a user's state after the change; otherwise empty, and where this version does not
 *     know the state
 * @param time when it was made: by the entity, or by the stream where the entity does not say
 */
public record FeedChange(
    EntityKey<?> entity,
    Action action,
    Revision revision,
    Optional<Role> role,
    Optional<UserState> state,
    Instant time) {

  /** What was done to the entity. */
  public enum Action {
    /** It is there and was not before. */
    CREATED,
    /** It was replaced. */
    UPDATED,
    /** It is no longer there; its revisions go on if it comes back. */
    REMOVED,
    /** Its item is gone from the table; its revisions begin anew if it comes back. */
    ERASED
  }
}
