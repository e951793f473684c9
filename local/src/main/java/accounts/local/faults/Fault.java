package accounts.local.faults;

import java.util.Locale;

/** What can happen to a call. */
public enum Fault {
  /** It is handled after the rule's delay. */
  DELAY,
  /** It is never handled and never answered. */
  DROP,
  /** It is handled at once and never answered. */
  DROP_ANSWER,
  /** It is handled and answered, and handled once more after the rule's delay. */
  DUPLICATE,
  /** It is never answered, and handled after the rule's delay, the caller being there or not. */
  LATE,
  /** It is not handled, and answered with the rule's status. */
  ERROR,
  /** It is handled, and yet answered with the rule's status. */
  ERROR_AFTER,
  /** Beyond the rule's calls per second it is refused with RESOURCE_EXHAUSTED. */
  THROTTLE,
  /** A replica answers it that is behind by the rule's delay; CONSISTENT reads are spared. */
  LAG,
  /** It is handled, and bytes in the answer are altered; one without bytes comes empty. */
  GARBAGE;

  /** Returns the name as rules in text form spell it: {@code drop-answer}. */
  public String text() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
