package accounts.store.dynamodb;

import accounts.domain.EntityKey.AccountKey;
import accounts.domain.RequestId;
import accounts.domain.Username;
import accounts.store.Deletion;
import accounts.store.OpenDeletion;
import accounts.store.Origin;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** Converts notes of deletions to and from items. */
final class DeletionItems {

  static final String PROGRESS = "progress";

  /** Changes the number that shows that a deletion gets on. */
  static final Expressions PROGRESS_MADE =
      new Expressions("ADD " + PROGRESS + " :step", Map.of(), Map.of(":step", Items.number(1)));

  private static final String FORCE = "force";
  private static final String CALLER = "caller";
  private static final String ACTING_USER = "actingUser";
  private static final String REQUEST_ID = "requestId";
  private static final String FINGERPRINT = "fingerprint";

  private DeletionItems() {}

  static Map<String, AttributeValue> item(Deletion deletion) {
    Map<String, AttributeValue> item = new HashMap<>(ItemKeys.deletionOf(deletion.key()));
    item.put(PROGRESS, Items.number(0));
    item.put(FORCE, AttributeValue.fromBool(deletion.force()));
    Origin origin = deletion.origin();
    putIfPresent(item, CALLER, origin.caller());
    putIfPresent(item, ACTING_USER, origin.actingUser());
    putIfPresent(item, REQUEST_ID, origin.requestId());
    putIfPresent(item, FINGERPRINT, deletion.fingerprint());
    return item;
  }

  private static void putIfPresent(
      Map<String, AttributeValue> item, String name, Optional<?> value) {
    value.ifPresent(present -> item.put(name, Items.text(present.toString())));
  }

  /**
   * Returns the deletion that an item notes.
   *
   * @throws IllegalStateException if the item is malformed
   */
  static OpenDeletion deletion(Item item) {
    AccountKey<?> key =
        ItemKeys.accountOf(item.text(ItemKeys.SK))
            .orElseThrow(() -> item.fault(ItemKeys.SK, "a user or an organization"));
    Origin origin =
        new Origin(
            ifPresent(item, CALLER, Function.identity()),
            ifPresent(item, ACTING_USER, Username::new),
            ifPresent(item, REQUEST_ID, RequestId::of));
    return new OpenDeletion(
        new Deletion(
            key, item.flag(FORCE), origin, ifPresent(item, FINGERPRINT, Function.identity())),
        item.number(PROGRESS));
  }

  private static <T> Optional<T> ifPresent(Item item, String name, Function<String, T> type) {
    return item.has(name) ? Optional.of(item.value(name, type)) : Optional.empty();
  }
}
