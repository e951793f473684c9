package accounts.bench.harness;

import accounts.local.faults.Fault;
import accounts.local.faults.Rule;
import io.grpc.Status;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** The shared state of the protocol in the table, lost or wrong. */
final class FleetFaults {

  private static final Duration LONGEST_WAIT = Duration.ofSeconds(10);
  private static final Duration PAUSE = Duration.ofMillis(20);

  private FleetFaults() {}

  private interface Tampering {
    /** Returns whether it was done. */
    boolean play(FleetItem item) throws InterruptedException;
  }

  /** Deletes the epochs' item. */
  static long deleted(Stage stage) throws InterruptedException {
    return minted(
        stage,
        item -> {
          boolean isThere = item.incarnation().isPresent();
          item.delete();
          return isThere;
        });
  }

  /** Puts nonsense into the epochs' item. */
  static long damaged(Stage stage) throws InterruptedException {
    return minted(
        stage,
        item -> {
          boolean isThere = item.incarnation().isPresent();
          if (isThere) {
            item.damage();
          }
          return isThere;
        });
  }

  /** Puts an older copy of the epochs' item in its place, after some of them were raised. */
  static long rolledBack(Stage stage) throws InterruptedException {
    return minted(
        stage,
        item -> {
          Map<String, AttributeValue> older = item.copy();
          boolean isRaised = !older.isEmpty() && awaitRaise(stage, item, older);
          if (isRaised) {
            // So that every instance has seen what was raised, or it cannot know an old number.
            stage.hold();
            item.rollBack(older);
          }
          return isRaised;
        });
  }

  /** Refuses everybody's calls of the cache until one has raised epochs: no notice helps then. */
  private static boolean awaitRaise(Stage stage, FleetItem item, Map<String, AttributeValue> older)
      throws InterruptedException {
    Rule refused = Rule.of(Fault.ERROR).status(Status.Code.INTERNAL, "");
    long id = stage.cluster().cache().faults().add(refused);
    try {
      long end = System.nanoTime() + LONGEST_WAIT.toNanos();
      while (item.copy().equals(older) && System.nanoTime() - end < 0) {
        Thread.sleep(PAUSE);
      }
      return !item.copy().equals(older);
    } finally {
      stage.cluster().cache().faults().remove(id);
    }
  }

  /** Returns 1 if the instances answered by an incarnation that nobody had before, else 0. */
  private static long minted(Stage stage, Tampering tampering) throws InterruptedException {
    try (OutsideTable table = OutsideTable.open(stage.cluster())) {
      FleetItem item = new FleetItem(table);
      Optional<String> before = item.incarnation();
      if (!tampering.play(item)) {
        return 0;
      }
      stage.ledger().note("the epochs' item was tampered with");
      long end = System.nanoTime() + LONGEST_WAIT.toNanos();
      while (isAsBefore(item, before) && System.nanoTime() - end < 0) {
        Thread.sleep(PAUSE);
      }
      boolean isMinted = !isAsBefore(item, before);
      // Long enough for all to go by the new incarnation, and for readers to find what is wrong.
      stage.hold();
      return isMinted ? 1 : 0;
    }
  }

  private static boolean isAsBefore(FleetItem item, Optional<String> before) {
    Optional<String> now = item.incarnation();
    return now.isEmpty() || now.equals(before);
  }
}
