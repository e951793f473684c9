package accounts.async;

import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;

/**
 * Logs when outbound calls start to fail and when they succeed again, rather than every failure.
 * For what is done now and then; {@link EpisodeLog} is for calls by the thousand.
 */
public final class OutageLog {

  private final Logger log;
  private final int least;
  private final String begins;
  private final String ends;
  private final AtomicInteger failures = new AtomicInteger();

  /**
   * @param log where to log
   * @param least consecutive failures before the outage is logged: single slow calls are normal
   * @param begins the message when calls start to fail; the cause is appended
   * @param ends the message when they succeed again
   */
  public OutageLog(Logger log, int least, String begins, String ends) {
    this.log = log;
    this.least = least;
    this.begins = begins;
    this.ends = ends;
  }

  /** Records a call that succeeded. */
  public void succeeded() {
    // A plain read first: this may run on every call.
    if (failures.get() != 0 && failures.getAndSet(0) >= least) {
      log.info("{}", ends);
    }
  }

  /**
   * Records a call that failed.
   *
   * @param cause null if unknown
   */
  public void failed(String call, @Nullable Throwable cause) {
    int inARow = failures.updateAndGet(n -> Math.min(n + 1, least + 1));
    if (inARow == least) {
      log.warn(
          "{} ({}: {})", begins, call, cause == null ? "cause unknown" : Futures.describe(cause));
    } else {
      log.debug("{} ({})", begins, call, cause);
    }
  }
}
