package accounts.client.cli;

import java.time.Duration;

/** Starts things no more often than so many times a second, without catching up. For one thread. */
final class Pace {

  private final long intervalNanos;
  private long nextNanos;

  /**
   * @param perSecond at least 1
   * @param now {@link System#nanoTime}
   */
  Pace(int perSecond, long now) {
    this.intervalNanos = Duration.ofSeconds(1).toNanos() / perSecond;
    this.nextNanos = now;
  }

  /** Takes the next place and returns how long to wait for it; zero if it is due. */
  Duration take(long now) {
    long wait = Math.max(0, nextNanos - now);
    nextNanos = now + wait + intervalNanos;
    return Duration.ofNanos(wait);
  }
}
