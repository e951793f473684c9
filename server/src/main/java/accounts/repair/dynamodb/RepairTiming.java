package accounts.repair.dynamodb;

import java.time.Duration;

/**
 * The intervals of a {@link StreamConsumer}.
 *
 * @param poll the pause between two reads of a shard without news
 * @param round the pause between two reads of the ownerships
 * @param ownership after which a silent instance loses its shards
 */
public record RepairTiming(Duration poll, Duration round, Duration ownership) {

  /** The defaults, with which a shard is taken over in about a second. */
  public static final RepairTiming DEFAULT =
      new RepairTiming(Duration.ofMillis(300), Duration.ofMillis(500), Duration.ofSeconds(3));

  /** How often an ownership is renewed within its length. */
  private static final int RENEWALS = 3;

  Duration renewal() {
    return ownership.dividedBy(RENEWALS);
  }
}
