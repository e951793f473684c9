package accounts.bench.harness;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** The item by which instances share their epochs, changed here without their knowledge. */
record FleetItem(DirectTable table) {

  private static final String NAME = "FLEET#0";
  private static final String INCARNATION = "incarnation";

  /** The epoch of shard 0. */
  private static final String AN_EPOCH = "00";

  /** Returns whether an item is this one, or one of its copies for large fleets. */
  static boolean is(Map<String, AttributeValue> item) {
    return item.getOrDefault("PK", AttributeValue.fromS("")).s().startsWith("FLEET#");
  }

  /** Returns a copy of the item; empty if there is none. */
  Map<String, AttributeValue> copy() {
    return table.get(NAME);
  }

  Optional<String> incarnation() {
    return Optional.ofNullable(copy().get(INCARNATION)).map(AttributeValue::s);
  }

  void delete() {
    table.delete(NAME);
  }

  /** Replaces the item by an older copy. */
  void rollBack(Map<String, AttributeValue> older) {
    table.put(older);
  }

  /** Replaces an epoch by a value that is none. */
  void damage() {
    Map<String, AttributeValue> damaged = new HashMap<>(copy());
    damaged.put(AN_EPOCH, AttributeValue.fromS("damaged"));
    table.put(damaged);
  }
}
