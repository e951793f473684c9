package accounts.bench.harness;

import accounts.local.faults.Fault;
import accounts.local.faults.Rule;
import io.grpc.Status;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** Faults of the protocol's shared state in the table: deleted, damaged or rolled back. */
final class FleetFaults {

  private static final Duration LONGEST_WAIT = Duration.ofSeconds(10);
  private static final Duration PAUSE = Duration.ofMillis(20);

  private FleetFaults() {}

  private interface Tampering {
    /** Tampers with the item; returns whether that was possible. */
    boolean play(FleetItem item) throws InterruptedException;
  }

  /** Deletes the epochs' item. */
  static long deleted(FaultContext context) throws InterruptedException {
    return minted(
        context,
        item -> {
          boolean isThere = item.incarnation().isPresent();
          item.delete();
          return isThere;
        });
  }

  /** Puts nonsense into the epochs' item. */
  static long damaged(FaultContext context) throws InterruptedException {
    return minted(
        context,
        item -> {
          boolean isThere = item.incarnation().isPresent();
          if (isThere) {
            item.damage();
          }
          return isThere;
        });
  }

  /** Puts an older copy of the epochs' item in its place, after some of them were raised. */
  static long rolledBack(FaultContext context) throws InterruptedException {
    return minted(
        context,
        item -> {
          Map<String, AttributeValue> older = item.copy();
          boolean isRaised = !older.isEmpty() && awaitRaise(context, item, older);
          if (isRaised) {
            // Every instance must have seen the raised epochs: otherwise it cannot recognize an
            // older copy.
            context.hold();
            item.rollBack(older);
          }
          return isRaised;
        });
  }

  /** Refuses all calls of the cache until an instance has raised epochs; no notice helps then. */
  private static boolean awaitRaise(
      FaultContext context, FleetItem item, Map<String, AttributeValue> older)
      throws InterruptedException {
    Rule refused = Rule.of(Fault.ERROR).status(Status.Code.INTERNAL, "");
    long id = context.cluster().cache().faults().add(refused);
    try {
      long end = System.nanoTime() + LONGEST_WAIT.toNanos();
      while (item.copy().equals(older) && System.nanoTime() - end < 0) {
        Thread.sleep(PAUSE);
      }
      return !item.copy().equals(older);
    } finally {
      context.cluster().cache().faults().remove(id);
    }
  }

  /** Returns 1 if the instances minted a new incarnation, else 0. */
  private static long minted(FaultContext context, Tampering tampering)
      throws InterruptedException {
    try (DirectTable table = DirectTable.open(context.cluster())) {
      FleetItem item = new FleetItem(table);
      Optional<String> before = item.incarnation();
      if (!tampering.play(item)) {
        return 0;
      }
      context.ledger().note("the epochs' item was tampered with");
      long end = System.nanoTime() + LONGEST_WAIT.toNanos();
      while (isAsBefore(item, before) && System.nanoTime() - end < 0) {
        Thread.sleep(PAUSE);
      }
      boolean isMinted = !isAsBefore(item, before);
      // Long enough for all instances to adopt the new incarnation, and for readers to see stale
      // answers.
      context.hold();
      return isMinted ? 1 : 0;
    }
  }

  private static boolean isAsBefore(FleetItem item, Optional<String> before) {
    Optional<String> now = item.incarnation();
    return now.isEmpty() || now.equals(before);
  }
}
