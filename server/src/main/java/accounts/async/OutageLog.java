package accounts.async;

import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;

/**
 * Tells the log when outbound calls begin to fail and when they succeed again, not every call in
 * between.
 */
public final class OutageLog {

  private final Logger log;
  private final int least;
  private final String begins;
  private final String ends;
  private final AtomicInteger failures = new AtomicInteger();

  /**
   * @param log whose lines they are to be
   * @param least calls that fail one after the other before it is worth a line: single slow ones
   *     are normal
   * @param begins the line when they begin to fail; the cause is added to it
   * @param ends the line when they succeed again
   */
  public OutageLog(Logger log, int least, String begins, String ends) {
    this.log = log;
    this.least = least;
    this.begins = begins;
    this.ends = ends;
  }

  /** A call succeeded. */
  public void succeeded() {
    // A plain read first: this may run on every call.
    if (failures.get() != 0 && failures.getAndSet(0) >= least) {
      log.info("{}", ends);
    }
  }

  /**
   * A call failed.
   *
   * @param cause null if nothing is known but that it failed
   */
  public void failed(String call, @Nullable Throwable cause) {
    int inARow = failures.updateAndGet(n -> Math.min(n + 1, least + 1));
    if (inARow == least) {
      log.warn("{} ({}: {})", begins, call, String.valueOf(cause));
    } else {
      log.debug("{} ({})", begins, call, cause);
    }
  }
}
