package accounts.store.dynamodb;

import accounts.domain.EntityKey;
import accounts.domain.Role;
import accounts.domain.UserState;
import accounts.store.FeedBlock;
import accounts.store.FeedChange;
import accounts.store.FeedChange.Action;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** Converts blocks of the feed to and from items. */
final class FeedItems {

  /** On the head of a partition: the position of its last block. */
  static final String LAST = "last";

  private static final String APPENDED = "appended";
  private static final String CHANGES = "changes";
  private static final String ACTION = "action";
  private static final String TIME = "time";

  private FeedItems() {}

  static Map<String, AttributeValue> item(int partition, FeedBlock block, Duration retention) {
    Map<String, AttributeValue> item =
        new HashMap<>(ItemKeys.feedBlock(partition, block.position()));
    item.put(APPENDED, Items.text(Items.TIME.format(block.appended())));
    item.put(
        CHANGES, AttributeValue.fromL(block.changes().stream().map(FeedItems::change).toList()));
    item.put(Items.EXPIRES, Items.number(block.appended().plus(retention).getEpochSecond()));
    return item;
  }

  /** Returns the position that the head of a partition holds; 0 if there is no head yet. */
  static long last(Item head) {
    return head.isPresent() ? head.number(LAST) : 0;
  }

  private static AttributeValue change(FeedChange change) {
    Map<String, AttributeValue> map = new HashMap<>(AuditItems.names(change.entity()));
    map.put(ACTION, Items.text(change.action().name()));
    map.put(Items.REVISION, Items.number(change.revision().value()));
    map.put(TIME, Items.text(Items.TIME.format(change.time())));
    change.role().ifPresent(role -> map.put(Items.ROLE, Items.text(role.name())));
    change.state().ifPresent(state -> map.put(Items.STATE, Items.text(state.name())));
    return AttributeValue.fromM(map);
  }

  /**
   * Returns the block that an item holds.
   *
   * @throws IllegalStateException if the item is malformed
   */
  static FeedBlock block(Item item) {
    return new FeedBlock(
        position(item),
        item.time(APPENDED),
        item.list(CHANGES).stream().map(value -> change(new Item(value.m()))).toList());
  }

  private static long position(Item item) {
    return item.value(ItemKeys.SK, Long::parseLong);
  }

  /** What a later version may have written, and this one does not know, is left out. */
  private static FeedChange change(Item item) {
    EntityKey<?> entity = AuditItems.entity(item);
    return new FeedChange(
        entity,
        known(Action.class, item, ACTION).orElse(Action.UPDATED),
        item.revision(Items.REVISION),
        known(Role.class, item, Items.ROLE),
        known(UserState.class, item, Items.STATE),
        item.time(TIME));
  }

  private static <E extends Enum<E>> Optional<E> known(Class<E> type, Item item, String name) {
    return item.has(name) ? known(type, item.text(name)) : Optional.empty();
  }

  private static <E extends Enum<E>> Optional<E> known(Class<E> type, String name) {
    return Arrays.stream(type.getEnumConstants())
        .filter(value -> value.name().equals(name))
        .findFirst();
  }
}
