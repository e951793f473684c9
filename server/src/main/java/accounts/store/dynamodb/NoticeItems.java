package accounts.store.dynamodb;

import accounts.domain.EntityKey;
import accounts.domain.Revision;
import accounts.store.Notice;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * Converts notices to and from items. A notice holds the item keys of its entities, each with a
 * revision.
 */
final class NoticeItems {

  /** Present, and true, on a notice that is done. */
  static final String DONE = "done";

  private static final String NAME = "NOTICE#";
  private static final String KEYS = "keys";

  private NoticeItems() {}

  static Map<String, AttributeValue> key(String id) {
    return ItemKeys.both(NAME + id);
  }

  static boolean isNotice(Item key) {
    return key.text(ItemKeys.PK).startsWith(NAME);
  }

  static Map<String, AttributeValue> item(Notice notice, Instant expires) {
    Map<String, AttributeValue> item = new HashMap<>(key(notice.id()));
    item.put(
        KEYS,
        AttributeValue.fromL(
            notice.keys().entrySet().stream()
                .map(entry -> entry(entry.getKey(), entry.getValue()))
                .toList()));
    item.put(Items.EXPIRES, Items.number(expires.getEpochSecond()));
    return item;
  }

  private static AttributeValue entry(EntityKey<?> key, Revision revision) {
    Map<String, AttributeValue> entry = new HashMap<>(ItemKeys.of(key));
    entry.put(Items.REVISION, Items.number(revision.value()));
    return AttributeValue.fromM(entry);
  }

  static boolean isDone(Item item) {
    return item.has(DONE);
  }

  /** Returns the notice; empty if it is done. */
  static Optional<Notice> open(Item item) {
    if (isDone(item)) {
      return Optional.empty();
    }
    Map<EntityKey<?>, Revision> keys = new HashMap<>();
    for (Item entry : entries(item)) {
      EntityKey<?> key =
          ItemKeys.entityOf(entry.attributes())
              .orElseThrow(() -> item.fault(KEYS, "keys of entities"));
      keys.put(key, entry.revision(Items.REVISION));
    }
    return Optional.of(new Notice(item.text(ItemKeys.PK).substring(NAME.length()), keys));
  }

  private static List<Item> entries(Item item) {
    return item.list(KEYS).stream().map(entry -> new Item(entry.m())).toList();
  }
}
