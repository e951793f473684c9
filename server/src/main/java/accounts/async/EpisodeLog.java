package accounts.async;

import java.time.Duration;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.slf4j.Logger;

/**
 * Logs failures that come by the thousand as an episode: a line when it begins, one a minute while
 * it lasts, one when it has ended, each with the number of failures so far. An episode has ended
 * when there was no failure for ten seconds, which is noticed at the next event.
 *
 * <p>Safe for use by several threads.
 */
public final class EpisodeLog {

  private static final Duration QUIET = Duration.ofSeconds(10);
  private static final Duration REMINDER = Duration.ofMinutes(1);

  private final Logger log;
  private final String fails;
  private final String ended;
  private final LongSupplier nanoTime;
  private volatile boolean open;
  private long failures; // guarded by this
  private long began; // guarded by this
  private long latest; // guarded by this
  private long reported; // guarded by this

  /**
   * @param fails begins the lines about failures; the latest cause is appended
   * @param ended begins the line after the episode
   * @param nanoTime the time, in nanoseconds from any origin
   */
  public EpisodeLog(Logger log, String fails, String ended, LongSupplier nanoTime) {
    this.log = log;
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
    endIfQuiet();
    long now = nanoTime.getAsLong();
    if (!open) {
      open = true;
      failures = 0;
      began = now;
      reported = now;
      log.warn("{}: {}", fails, cause.get());
    }
    failures++;
    latest = now;
    if (now - reported >= REMINDER.toNanos()) {
      reported = now;
      log.warn("{}, {} so far: {}", fails, failures, cause.get());
    }
  }

  /** Records a success, at which the end of an episode is noticed. Costs nearly nothing. */
  public void succeeded() {
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
