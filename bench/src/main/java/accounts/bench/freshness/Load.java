package accounts.bench.freshness;

import java.time.Duration;

/**
 * How much is asked at once.
 *
 * @param readers how many read at a time
 * @param writers how many change things at a time
 * @param newcomers how many new things come into being at a time
 * @param users how many users are changed again and again
 * @param memberships how many memberships are
 * @param readPause between two reads of one reader, on average
 * @param writePause between two changes of one writer, on average
 * @param deadline of a call
 */
public record Load(
    int readers,
    int writers,
    int newcomers,
    int users,
    int memberships,
    Duration readPause,
    Duration writePause,
    Duration deadline) {

  /** A few hot keys. */
  public static final Load DEFAULT =
      new Load(24, 6, 3, 4, 4, Duration.ofMillis(4), Duration.ofMillis(40), Duration.ofSeconds(8));

  /** Users that are left alone for a tenth of a second now and then, and yet changed and read. */
  public static final Load SPARSE =
      new Load(
          4, 12, 0, 8, 0, Duration.ofMillis(20), Duration.ofMillis(100), Duration.ofSeconds(8));

  /** Users that are changed so seldom that a load of one may last without a change of it. */
  public static final Load CALM =
      new Load(
          16, 6, 0, 12, 0, Duration.ofMillis(8), Duration.ofMillis(150), Duration.ofSeconds(8));

  /** Nothing but what is asked for meanwhile. */
  public static final Load NONE =
      new Load(0, 0, 0, 0, 0, Duration.ZERO, Duration.ZERO, Duration.ofSeconds(8));
}
