package accounts.repair.dynamodb;

import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells the log when something begins to fail and when it works again, not every try. */
final class FaultLog {

  private static final Logger log = LoggerFactory.getLogger(FaultLog.class);

  /** Failures in a row before it is worth a line: a single slow call is normal. */
  private static final int FOUL = 2;

  private final String what;
  private final AtomicInteger failures = new AtomicInteger();

  /**
   * @param what a piece of work, as the log is to call it
   */
  FaultLog(String what) {
    this.what = what;
  }

  /** It worked. */
  void fair() {
    if (failures.getAndSet(0) >= FOUL) {
      log.info("{} works again", what);
    }
  }

  /** It failed. */
  void foul(Throwable failure) {
    int inARow = failures.updateAndGet(n -> Math.min(n + 1, FOUL + 1));
    if (inARow == FOUL) {
      log.warn("{} fails, trying on: {}", what, failure.toString());
    } else {
      log.debug("{} fails", what, failure);
    }
  }
}
