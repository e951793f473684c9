package accounts.bench.harness;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * The item by which instances share their epochs, in the hands of somebody who may not touch it.
 */
record FleetItem(OutsideTable table) {

  private static final String NAME = "FLEET#0";
  private static final String INCARNATION = "incarnation";

  /** The epoch of shard 0. */
  private static final String AN_EPOCH = "00";

  /** Whether an item is this one, or a copy of it for large fleets. */
  static boolean is(Map<String, AttributeValue> item) {
    return item.getOrDefault("PK", AttributeValue.fromS("")).s().startsWith("FLEET#");
  }

  /** Returns it as it is; empty if there is none. */
  Map<String, AttributeValue> copy() {
    return table.get(NAME);
  }

  Optional<String> incarnation() {
    return Optional.ofNullable(copy().get(INCARNATION)).map(AttributeValue::s);
  }

  void delete() {
    table.delete(NAME);
  }

  /** Puts an older copy in its place. */
  void rollBack(Map<String, AttributeValue> older) {
    table.put(older);
  }

  /** Has it hold what is no epoch. */
  void damage() {
    Map<String, AttributeValue> damaged = new HashMap<>(copy());
    damaged.put(AN_EPOCH, AttributeValue.fromS("damaged"));
    table.put(damaged);
  }
}
