package accounts.store.dynamodb;

import accounts.domain.Entity;
import accounts.domain.EntityKey;
import accounts.domain.Lookup;
import accounts.store.Notice;
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
   * request records, epochs, leases, notices.
   */
  public static Optional<EntityKey<?>> entity(Map<String, AttributeValue> key) {
    return ItemKeys.entityOf(key);
  }

  /**
   * Returns the answer that an item gives to a key.
   *
   * @param item empty if there is none
   * @throws IllegalStateException if the item makes no sense
   */
  public static <E extends Entity> Lookup<E> lookup(
      EntityKey<E> key, Map<String, AttributeValue> item) {
    return Items.lookup(key, new Item(item));
  }

  /** Whether an item's key is a notice's. */
  public static boolean isNotice(Map<String, AttributeValue> key) {
    return NoticeItems.isNotice(new Item(key));
  }

  /**
   * Returns the notice that an item holds; empty if it is marked as done.
   *
   * @throws IllegalStateException if the item makes no sense
   */
  public static Optional<Notice> openNotice(Map<String, AttributeValue> item) {
    return NoticeItems.open(new Item(item));
  }
}
