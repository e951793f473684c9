package accounts.async;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.slf4j.Logger;

/**
 * Logs failures that come by the thousand as an episode: a line when it begins, one a minute while
 * it lasts, one when it has ended, each with the number of failures so far. It begins with a number
 * of failures in a row, and ends with the first success after ten seconds without a failure.
 *
 * <p>For calls by the thousand; {@link OutageLog} is for what is done now and then, and says at
 * once that it works again.
 *
 * <p>Safe for use by several threads.
 */
public final class EpisodeLog {

  private static final Duration QUIET = Duration.ofSeconds(10);
  private static final Duration REMINDER = Duration.ofMinutes(1);

  private final Logger log;
  private final int least;
  private final String fails;
  private final String ended;
  private final LongSupplier nanoTime;
  private volatile boolean open;
  private final AtomicInteger inARow = new AtomicInteger();
  private long failures; // guarded by this
  private long began; // guarded by this
  private long latest; // guarded by this
  private long reported; // guarded by this

  /**
   * @param least consecutive failures with which an episode begins
   * @param fails begins the lines about failures; the latest cause is appended
   * @param ended begins the line after the episode
   * @param nanoTime the time, in nanoseconds from any origin
   */
  public EpisodeLog(Logger log, int least, String fails, String ended, LongSupplier nanoTime) {
    this.log = log;
    this.least = least;
    this.fails = fails;
    this.ended = ended;
    this.nanoTime = nanoTime;
  }

  /**
   * Records a failure.
   *
   * @param cause for the log; not asked for if this one gets no line
   */
  public synchronized void failed(Supplier<String> cause) {
    long now = nanoTime.getAsLong();
    int consecutive = inARow.incrementAndGet();
    if (!open) {
      if (consecutive < least) {
        return;
      }
      begin(now, cause);
    }
    failures++;
    latest = now;
    if (now - reported >= REMINDER.toNanos()) {
      reported = now;
      log.warn("{}, {} so far: {}", fails, failures, cause.get());
    }
  }

  private void begin(long now, Supplier<String> cause) {
    open = true;
    failures = least - 1L;
    began = now;
    reported = now;
    log.warn("{}: {}", fails, cause.get());
  }

  /** Records a success, at which the end of an episode is noticed. Costs nearly nothing. */
  public void succeeded() {
    if (inARow.get() != 0) {
      inARow.set(0);
    }
    if (open) {
      endIfQuiet();
    }
  }

  private synchronized void endIfQuiet() {
    if (open && nanoTime.getAsLong() - latest >= QUIET.toNanos()) {
      open = false;
      log.info(
          "{}: {} failed within {} s",
          ended,
          failures,
          Duration.ofNanos(latest - began).toSeconds());
    }
  }
}
