package accounts.cache.momento;

import java.util.concurrent.CancellationException;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells the log when the cache goes out of reach and when it is back, not every call in between.
 */
final class CacheWeather {

  private static final Logger log = LoggerFactory.getLogger(CacheWeather.class);

  /** Calls that fail one after the other before it is worth a line: single slow ones are normal. */
  private static final int FOUL = 3;

  private final AtomicInteger failures = new AtomicInteger();

  /** A call succeeded. */
  void fair() {
    // A plain read first: this runs on every hit.
    if (failures.get() != 0 && failures.getAndSet(0) >= FOUL) {
      log.info("cache answers again");
    }
  }

  /**
   * A call failed.
   *
   * @param cause null if nothing is known but that it failed
   */
  void foul(String call, @Nullable Throwable cause) {
    if (cause instanceof CancellationException) {
      return; // the caller went away: says nothing of the cache
    }
    int inARow = failures.updateAndGet(n -> Math.min(n + 1, FOUL + 1));
    if (inARow == FOUL) {
      log.warn("cache out of reach ({}): {}; reads go to the store", call, String.valueOf(cause));
    } else {
      log.debug("cache out of reach ({})", call, cause);
    }
  }
}
