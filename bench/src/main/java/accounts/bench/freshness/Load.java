package accounts.bench.freshness;

import java.time.Duration;

/**
 * The size of a load: how many workers do what, and how often.
 *
 * @param readers how many readers run at a time
 * @param writers how many writers run at a time
 * @param lifecycles how many workers create entities and remove them again
 * @param users how many users the writers change
 * @param memberships how many memberships the writers change
 * @param readPause between two reads of one reader, on average
 * @param writePause between two changes of one writer, on average
 * @param deadline of a call
 */
public record Load(
    int readers,
    int writers,
    int lifecycles,
    int users,
    int memberships,
    Duration readPause,
    Duration writePause,
    Duration deadline) {

  /** A few hot keys, read and changed all the time. */
  public static final Load DEFAULT =
      new Load(24, 6, 3, 4, 4, Duration.ofMillis(4), Duration.ofMillis(40), Duration.ofSeconds(8));

  /** Users that are read and changed, with pauses of a tenth of a second in between. */
  public static final Load SPARSE =
      new Load(
          4, 12, 0, 8, 0, Duration.ofMillis(20), Duration.ofMillis(100), Duration.ofSeconds(8));

  /**
   * Users that are changed so rarely that a load of several seconds ends after a change or two.
   * Most calls wait for such a load or for a raise, so there are many workers.
   */
  public static final Load CALM =
      new Load(
          32, 18, 0, 12, 0, Duration.ofMillis(8), Duration.ofMillis(150), Duration.ofSeconds(8));

  /** No load of its own. */
  public static final Load NONE =
      new Load(0, 0, 0, 0, 0, Duration.ZERO, Duration.ZERO, Duration.ofSeconds(8));
}
