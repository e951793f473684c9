package accounts.domain;

import java.time.Instant;

/** A user, an organization or a membership, at one revision. */
public sealed interface Entity extends Resource permits Account, Membership {

  /** Returns the entity's key. */
  EntityKey<?> key();

  /** Returns what tells it from all others that ever had its name. */
  default Uid uid() {
    return Uid.of(key(), createTime());
  }

  /** Returns the revision; the first is 1. */
  Revision revision();

  /**
   * Returns when the entity was created, by the clock of the instance that created it, to the
   * millisecond.
   */
  Instant createTime();

  /**
   * Returns when this revision was made, by the clock of the instance that made it, to the
   * millisecond.
   */
  Instant updateTime();
}
