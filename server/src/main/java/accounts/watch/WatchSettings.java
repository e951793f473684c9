package accounts.watch;

import java.time.Duration;

/**
 * The limits and intervals of {@link Watches}.
 *
 * @param most how many watches may be open at once
 * @param mostOfCaller how many of them may be one caller's
 * @param poll the pause between two reads of the end of a partition
 * @param checkpoint the longest time without sending anything
 * @param slow how long a caller may take nothing
 * @param window how many changes of each partition are kept for those who are behind
 */
public record WatchSettings(
    int most, int mostOfCaller, Duration poll, Duration checkpoint, Duration slow, int window) {

  private static final int CALLERS = 10;

  /** Returns the defaults for so many watches. */
  public static WatchSettings of(int most) {
    return new WatchSettings(
        most,
        Math.max(1, most / CALLERS),
        Duration.ofMillis(500),
        Duration.ofSeconds(10),
        Duration.ofSeconds(30),
        4000);
  }
}
