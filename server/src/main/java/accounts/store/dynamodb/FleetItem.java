package accounts.store.dynamodb;

import accounts.store.Epochs;
import accounts.store.FleetSettings;
import accounts.store.FleetState;
import accounts.store.FleetStateStore.Found;
import java.time.Duration;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * Converts the fleet's state to and from an item. Attribute {@code 0f} is the epoch of shard 15:
 * with names of two letters the item stays below 4 KB, one read unit, whatever the epochs are.
 */
final class FleetItem {

  static final String INCARNATION = "incarnation";

  private static final Logger log = LoggerFactory.getLogger(FleetItem.class);

  private static final String TABLE_ID = "tableId";
  private static final String CELL_FORMAT = "cellFormat";
  private static final String CACHE = "cache";
  private static final String LEASE = "leaseMillis";
  private static final String COPIES = "copies";

  private FleetItem() {}

  static Map<String, AttributeValue> key(int copy) {
    return ItemKeys.both("FLEET#" + copy);
  }

  /** Returns the name of the attribute that holds a shard's epoch. */
  static String epoch(int shard) {
    return HexFormat.of().toHexDigits((byte) shard);
  }

  static Map<String, AttributeValue> item(int copy, FleetState state) {
    FleetSettings settings = state.settings();
    Map<String, AttributeValue> item = new HashMap<>(key(copy));
    item.put(INCARNATION, Items.text(state.incarnation()));
    item.put(TABLE_ID, Items.text(state.tableId()));
    item.put(CELL_FORMAT, Items.number(settings.cellFormat()));
    item.put(CACHE, Items.text(settings.cache()));
    item.put(LEASE, Items.number(settings.lease().toMillis()));
    item.put(COPIES, Items.number(settings.copies()));
    for (int shard = 0; shard < Epochs.SHARDS; shard++) {
      item.put(epoch(shard), Items.number(state.epochs().values().get(shard)));
    }
    return item;
  }

  static Found found(Item item) {
    return new Found(incarnation(item), item.isPresent() ? state(item) : Optional.empty());
  }

  private static Optional<String> incarnation(Item item) {
    return Optional.ofNullable(item.attributes().get(INCARNATION)).map(AttributeValue::s);
  }

  /** A malformed state is treated as lost: a default in its place could be an old value. */
  private static Optional<FleetState> state(Item item) {
    try {
      return Optional.of(
          new FleetState(
              name(item, INCARNATION),
              name(item, TABLE_ID),
              new FleetSettings(
                  (int) positive(item, CELL_FORMAT),
                  name(item, CACHE),
                  Duration.ofMillis(positive(item, LEASE)),
                  (int) positive(item, COPIES)),
              new Epochs(
                  IntStream.range(0, Epochs.SHARDS)
                      .mapToObj(shard -> positive(item, epoch(shard)))
                      .toList())));
    } catch (IllegalStateException e) {
      log.warn("fleet's state is damaged: {}", e.getMessage());
      return Optional.empty();
    }
  }

  private static String name(Item item, String attribute) {
    return item.value(attribute, FleetItem::requireName);
  }

  private static String requireName(String text) {
    if (text.isEmpty()) {
      throw new IllegalArgumentException("not empty");
    }
    return text;
  }

  private static long positive(Item item, String attribute) {
    long number = item.number(attribute);
    if (number < 1) {
      throw new IllegalStateException(
          "attribute %s is %d (expected: 1 or more)".formatted(attribute, number));
    }
    return number;
  }
}
