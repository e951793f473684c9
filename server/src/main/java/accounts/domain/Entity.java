package accounts.domain;

import java.time.Instant;

/** Something that the service keeps, at one of its revisions. */
public sealed interface Entity permits User, Organization, Membership {

  /** Returns what it is found by. */
  EntityKey<?> key();

  /** Returns which state this is; the first is 1. */
  Revision revision();

  /** Returns when it was created, by the clock of the instance that did it, to the millisecond. */
  Instant createTime();

  /**
   * Returns when it came to this revision, by the clock of the instance that did it, to the
   * millisecond.
   */
  Instant updateTime();
}
