package accounts.cache.momento;

/**
 * Detects missed hints by gaps in their sequence numbers. Hints sent before a subscription began
 * count as missed.
 *
 * <p>Not safe for several threads at once.
 */
final class HintOrder {

  private final Runnable missed;
  private boolean begun;
  private long page;
  private long last;

  /**
   * @param missed called when hints may have been missed
   */
  HintOrder(Runnable missed) {
    this.missed = missed;
  }

  /** Called when a subscription has been established. */
  void begun() {
    if (!begun) {
      begun = true;
      missed.run();
    }
  }

  /** Called for each hint, with its numbers. */
  void next(long itsPage, long number) {
    begun();
    boolean follows = last == 0 || (itsPage == page && number == last + 1);
    page = itsPage;
    last = number;
    if (!follows) {
      missed.run();
    }
  }

  /** Called when the topic reports a discontinuity; the next hint may have any number. */
  void broken() {
    begun = true;
    last = 0;
    missed.run();
  }
}
