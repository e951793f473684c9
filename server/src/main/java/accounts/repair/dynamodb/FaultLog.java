package accounts.repair.dynamodb;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells the log when something begins to fail and when it works again, not every try. */
final class FaultLog {

  private static final Logger log = LoggerFactory.getLogger(FaultLog.class);

  private final String what;
  private volatile boolean failing;

  /**
   * @param what a piece of work, as the log is to call it
   */
  FaultLog(String what) {
    this.what = what;
  }

  /** It worked. */
  void fair() {
    if (failing) {
      failing = false;
      log.info("{} works again", what);
    }
  }

  /** It failed. */
  void foul(Throwable failure) {
    if (failing) {
      log.debug("{} fails", what, failure);
    } else {
      failing = true;
      log.warn("{} fails, trying on: {}", what, failure.toString());
    }
  }
}
