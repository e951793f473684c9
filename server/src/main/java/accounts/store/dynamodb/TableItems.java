package accounts.store.dynamodb;

import accounts.domain.Entity;
import accounts.domain.EntityKey;
import accounts.domain.Lookup;
import accounts.store.Notice;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * The parts of the table's layout that the repair needs, which reads the table's changes and keeps
 * leases in it.
 */
public final class TableItems {

  /** The attribute with the time, in seconds since 1970, from which DynamoDB may delete an item. */
  public static final String EXPIRES = Items.EXPIRES;

  private TableItems() {}

  /** Returns the key of an item that has a partition to itself. */
  public static Map<String, AttributeValue> key(String name) {
    return ItemKeys.both(name);
  }

  /** Returns the name of an item whose key was made by {@link #key}. */
  public static String name(Map<String, AttributeValue> item) {
    return new Item(item).text(ItemKeys.PK);
  }

  /**
   * Returns the key of the entity that an item holds; empty for all other items: mirrors, request
   * records, entries of the audit trail and of the directory, blocks of the feed, invitations,
   * epochs, leases, notices, notes of deletions, what is kept of the deleted.
   */
  public static Optional<EntityKey<?>> entity(Map<String, AttributeValue> key) {
    return ItemKeys.entityOf(key);
  }

  /**
   * Returns the answer that an item gives to a key.
   *
   * @param item empty if there is none
   * @throws IllegalStateException if the item is malformed
   */
  public static <E extends Entity> Lookup<E> lookup(
      EntityKey<E> key, Map<String, AttributeValue> item) {
    return Items.lookup(key, new Item(item));
  }

  /** Returns when an entity's item was changed, as it says itself; empty if it does not. */
  public static Optional<Instant> updateTime(Map<String, AttributeValue> item) {
    Item entity = new Item(item);
    return entity.has(Items.UPDATE_TIME)
        ? Optional.of(entity.time(Items.UPDATE_TIME))
        : Optional.empty();
  }

  /** Returns whether an item's key is that of a notice. */
  public static boolean isNotice(Map<String, AttributeValue> key) {
    return NoticeItems.isNotice(new Item(key));
  }

  /**
   * Returns the notice that an item holds; empty if it is marked as done.
   *
   * @throws IllegalStateException if the item is malformed
   */
  public static Optional<Notice> openNotice(Map<String, AttributeValue> item) {
    return NoticeItems.open(new Item(item));
  }
}
