package accounts.store.dynamodb;

import accounts.domain.EntityKey.AccountKey;
import accounts.domain.EntityKey.MembershipKey;
import accounts.domain.OrganizationName;
import accounts.domain.RequestId;
import accounts.domain.Username;
import accounts.store.Deletion;
import accounts.store.OpenDeletion;
import accounts.store.Origin;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** Converts notes of deletions to and from items. */
final class DeletionItems {

  private static final String PROGRESS = "progress";

  /** The memberships that the last step removed, each as {@code organization/username}. */
  private static final String STEP = "step";

  private static final String FORCE = "force";
  private static final String CALLER = "caller";
  private static final String ACTING_USER = "actingUser";
  private static final String REQUEST_ID = "requestId";
  private static final String FINGERPRINT = "fingerprint";

  private DeletionItems() {}

  static Map<String, AttributeValue> item(Deletion deletion) {
    Map<String, AttributeValue> item = new HashMap<>(ItemKeys.deletionOf(deletion.key()));
    item.putAll(changing(OpenDeletion.begun(deletion)));
    Origin origin = deletion.origin();
    putIfPresent(item, CALLER, origin.caller());
    putIfPresent(item, ACTING_USER, origin.actingUser());
    putIfPresent(item, REQUEST_ID, origin.requestId());
    putIfPresent(item, FINGERPRINT, deletion.fingerprint());
    return item;
  }

  private static Map<String, AttributeValue> changing(OpenDeletion open) {
    return Map.of(
        PROGRESS,
        Items.number(open.progress()),
        FORCE,
        AttributeValue.fromBool(open.deletion().force()),
        STEP,
        AttributeValue.fromL(open.step().stream().map(DeletionItems::text).toList()));
  }

  private static AttributeValue text(MembershipKey key) {
    return Items.text(key.organization() + "/" + key.username());
  }

  private static MembershipKey membership(Item item, AttributeValue value) {
    String[] names = value.s() == null ? new String[0] : value.s().split("/", 2);
    if (names.length != 2) {
      throw item.fault(STEP, "texts like olivias-org/olivia");
    }
    return new MembershipKey(new OrganizationName(names[0]), new Username(names[1]));
  }

  /** Makes a note say what became of the deletion. */
  static Expressions become(OpenDeletion next) {
    return Expressions.set(changing(next));
  }

  /** Nobody has got on with the deletion since. */
  static Expressions isAt(OpenDeletion seen) {
    return new Expressions(
        PROGRESS + " = :seen", Map.of(), Map.of(":seen", Items.number(seen.progress())));
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
        item.number(PROGRESS),
        item.has(STEP)
            ? item.list(STEP).stream().map(value -> membership(item, value)).toList()
            : List.of());
  }

  private static <T> Optional<T> ifPresent(Item item, String name, Function<String, T> type) {
    return item.has(name) ? Optional.of(item.value(name, type)) : Optional.empty();
  }
}
