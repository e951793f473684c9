package accounts.local.faults;

import java.util.Locale;

/** The faults that can be injected into a call. */
public enum Fault {
  /** The call is handled after the rule's delay. */
  DELAY,
  /** The call is never handled and never answered. */
  DROP,
  /** The call is handled at once and never answered. */
  DROP_ANSWER,
  /** The call is handled and answered, and handled again after the rule's delay. */
  DUPLICATE,
  /**
   * The call is never answered, and handled after the rule's delay, even if its caller has
   * cancelled it.
   */
  LATE,
  /** The call is not handled, and answered with the rule's status. */
  ERROR,
  /** The call is handled, but answered with the rule's status. */
  ERROR_AFTER,
  /** Calls above the rule's rate per second are refused with RESOURCE_EXHAUSTED. */
  THROTTLE,
  /**
   * The call is answered by a replica that lags by the rule's delay; CONSISTENT reads are not
   * affected.
   */
  LAG,
  /**
   * The call is handled, and bytes in the answer are altered; an answer of a kind without bytes is
   * empty.
   */
  GARBAGE;

  /** Returns the name in the text form of rules, such as {@code drop-answer}. */
  public String text() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
