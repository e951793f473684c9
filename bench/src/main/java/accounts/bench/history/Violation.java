package accounts.bench.history;

import java.util.List;

/**
 * An operation that the guarantee does not allow.
 *
 * @param what describes what was promised and what was seen instead
 * @param culprit the operation that breaks the rule
 * @param recent the last operations on the key, including the culprit, in the order in which they
 *     were sent
 */
public record Violation(
    Key key, Rule rule, String what, Operation culprit, List<Operation> recent) {

  /** The rule that was broken. */
  public enum Rule {
    /** The answer is older than a write acknowledged before the read was sent. */
    STALE,
    /**
     * The answer lacks an entity needed by a write that was acknowledged before the read was sent.
     */
    RELIED_ON,
    /** The answer goes back behind an unacknowledged write, after the window. */
    FLIPPED_BACK,
    /** The answer has a revision higher than the number of writes so far. */
    FROM_NOWHERE,
    /** One revision has two contents. */
    CONTRADICTION,
    /** The answer is older than the caller's {@code min_revision}. */
    BELOW_MINIMUM,
    /** The answer has a source that its consistency rules out. */
    SOURCE,
    /** The answer has an age that is impossible or beyond the bound. */
    AGE
  }
}
