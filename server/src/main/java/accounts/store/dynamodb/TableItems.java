package accounts.store.dynamodb;

import accounts.domain.EntityKey;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** What those need to know of the table's items who read its changes, or keep leases in it. */
public final class TableItems {

  /** Names the time, in seconds since the epoch, from which DynamoDB may delete an item. */
  public static final String EXPIRES = Items.EXPIRES;

  private TableItems() {}

  /** Returns the key of an item that is alone in its partition. */
  public static Map<String, AttributeValue> key(String name) {
    return ItemKeys.both(name);
  }

  /** Returns what {@link #key} made the key of an item of. */
  public static String name(Map<String, AttributeValue> item) {
    return new Item(item).text(ItemKeys.PK);
  }

  /**
   * Returns the entity whose answer lies under an item's key; empty for all other items: mirrors,
   * request records, epochs, leases.
   */
  public static Optional<EntityKey<?>> entity(Map<String, AttributeValue> key) {
    return ItemKeys.entityOf(key);
  }
}
