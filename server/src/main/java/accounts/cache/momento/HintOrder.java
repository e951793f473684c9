package accounts.cache.momento;

/**
 * Tells from the numbers of hints whether any were missed. Whatever came before a stream was.
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

  /** The stream stands. */
  void begun() {
    if (!begun) {
      begun = true;
      missed.run();
    }
  }

  /** A hint came. */
  void next(long itsPage, long number) {
    begun();
    boolean follows = last == 0 || (itsPage == page && number == last + 1);
    page = itsPage;
    last = number;
    if (!follows) {
      missed.run();
    }
  }

  /** The topic says that hints were left out; the next one may have any number. */
  void broken() {
    begun = true;
    last = 0;
    missed.run();
  }
}
