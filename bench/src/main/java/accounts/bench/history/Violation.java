package accounts.bench.history;

import java.util.List;

/**
 * An operation that the guarantee does not allow.
 *
 * @param what was promised and what was seen instead, for people
 * @param recent the last operations on the key, the culprit among them, by the time they were sent
 */
public record Violation(
    Key key, Rule rule, String what, Operation culprit, List<Operation> recent) {

  /** What was broken. */
  public enum Rule {
    /** Older than a write acknowledged before the read was sent. */
    STALE,
    /** Without what a write needs that was acknowledged before the read was sent. */
    RELIED_ON,
    /** Back behind an unacknowledged write, after the window. */
    FLIPPED_BACK,
    /** A revision that nobody can have made yet. */
    FROM_NOWHERE,
    /** One revision, two contents. */
    CONTRADICTION,
    /** Older than the caller's {@code min_revision}. */
    BELOW_MINIMUM,
    /** A source that this consistency rules out. */
    SOURCE,
    /** An age that cannot be true, or is beyond the bound. */
    AGE
  }
}
