package accounts.cache.momento;

import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells the log when the cache goes out of reach and when it is back, not every call in between.
 */
final class CacheWeather {

  private static final Logger log = LoggerFactory.getLogger(CacheWeather.class);

  private final AtomicBoolean fair = new AtomicBoolean(true);

  /** A call succeeded. */
  void fair() {
    // A plain read first: this runs on every hit.
    if (!fair.get() && fair.compareAndSet(false, true)) {
      log.info("cache answers again");
    }
  }

  /**
   * A call failed.
   *
   * @param cause null if nothing is known but that it failed
   */
  void foul(String call, @Nullable Throwable cause) {
    if (fair.compareAndSet(true, false)) {
      log.warn(
          "cache out of reach ({}): {}; reads go to the store meanwhile",
          call,
          String.valueOf(cause));
    } else {
      log.debug("cache out of reach ({})", call, cause);
    }
  }
}
