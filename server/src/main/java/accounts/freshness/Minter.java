package accounts.freshness;

import accounts.store.Epochs;
import accounts.store.FleetSettings;
import accounts.store.FleetState;
import java.util.concurrent.CompletableFuture;
import java.util.random.RandomGenerator;

/**
 * Mints incarnations: new states of the fleet, under which nothing has been cached yet. Their
 * epochs start at random, so that even epochs compared without their incarnation are not old
 * values.
 */
public final class Minter {

  private static final String LETTERS = "abcdefghijklmnopqrstuvwxyz234567";
  private static final int LENGTH = 16;
  private static final long LEAST_EPOCH = 1L << 20;
  private static final long MOST_EPOCH = 1L << 40;

  private final CompletableFuture<String> tableId;
  private final FleetSettings settings;
  private final RandomGenerator random;

  /**
   * @param tableId of the table that this instance works with, as DynamoDB says; may complete
   *     later, and until then nothing is minted, and no state is taken for one of this table
   * @param settings of this instance
   * @param random safe for use by several threads, and seeded differently in each instance
   */
  public Minter(CompletableFuture<String> tableId, FleetSettings settings, RandomGenerator random) {
    this.tableId = tableId;
    this.settings = settings;
    this.random = random;
  }

  /** Returns whether the table's id is known: without it nothing can be minted. */
  boolean knowsTable() {
    return tableId.isDone();
  }

  /** Returns a new state; only where the table is known. */
  FleetState mint() {
    return new FleetState(
        incarnation(),
        tableId.resultNow(),
        settings,
        new Epochs(random.longs(Epochs.SHARDS, LEAST_EPOCH, MOST_EPOCH + 1).boxed().toList()));
  }

  private String incarnation() {
    StringBuilder name = new StringBuilder(LENGTH);
    random.ints(LENGTH, 0, LETTERS.length()).forEach(i -> name.append(LETTERS.charAt(i)));
    return name.toString();
  }

  /** Returns whether a state was minted for this instance's table, as far as that is known. */
  boolean isOfThisTable(FleetState state) {
    return knowsTable() && mayBeOfThisTable(state);
  }

  /** Returns whether a state was minted for this instance's table, or nobody knows. */
  boolean mayBeOfThisTable(FleetState state) {
    return !knowsTable() || state.tableId().equals(tableId.resultNow());
  }

  /** Returns the settings of this instance. */
  FleetSettings settings() {
    return settings;
  }
}
