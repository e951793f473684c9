package accounts.store.dynamodb;

import accounts.domain.EntityKey;
import accounts.domain.EntityKey.MembershipKey;
import accounts.domain.EntityKey.OrganizationKey;
import accounts.domain.EntityKey.UserKey;
import accounts.domain.OrganizationName;
import accounts.domain.RequestId;
import accounts.domain.Role;
import accounts.domain.UserState;
import accounts.domain.Username;
import accounts.store.AuditEntry;
import accounts.store.Origin;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** Converts entries of the audit trail to and from items. */
final class AuditItems {

  private static final String USERNAME = "username";
  private static final String ORGANIZATION = "organizationName";
  private static final String ACTION = "action";
  private static final String TIME = "time";
  private static final String CALLER = "caller";
  private static final String ACTING_USER = "actingUser";
  private static final String REQUEST_ID = "requestId";
  private static final String CHANGED = "changedFields";
  private static final String ROLE_BEFORE = "roleBefore";
  private static final String ROLE_AFTER = "roleAfter";

  private static final String STATE_AFTER = "stateAfter";
  private static final String INVITING_USER = "invitingUser";

  private AuditItems() {}

  /** Returns the items of an entry, one for each trail that it belongs to. */
  static List<Map<String, AttributeValue>> items(AuditEntry entry, Duration retention) {
    Map<String, AttributeValue> attributes = attributes(entry);
    attributes.put(Items.EXPIRES, Items.number(entry.time().plus(retention).getEpochSecond()));
    return ItemKeys.entriesOf(entry.position()).stream().map(key -> item(key, attributes)).toList();
  }

  private static Map<String, AttributeValue> item(
      Map<String, AttributeValue> key, Map<String, AttributeValue> attributes) {
    Map<String, AttributeValue> item = new HashMap<>(attributes);
    item.putAll(key);
    return item;
  }

  private static Map<String, AttributeValue> attributes(AuditEntry entry) {
    Map<String, AttributeValue> attributes = new HashMap<>(names(entry.entity()));
    attributes.put(ACTION, Items.text(entry.action().name()));
    attributes.put(Items.REVISION, Items.number(entry.revision().value()));
    attributes.put(TIME, Items.text(Items.TIME.format(entry.time())));
    Origin origin = entry.origin();
    origin.caller().ifPresent(caller -> attributes.put(CALLER, Items.text(caller)));
    putIfPresent(attributes, ACTING_USER, origin.actingUser());
    putIfPresent(attributes, REQUEST_ID, origin.requestId());
    entry.roleBefore().ifPresent(role -> attributes.put(ROLE_BEFORE, Items.text(role.name())));
    entry.roleAfter().ifPresent(role -> attributes.put(ROLE_AFTER, Items.text(role.name())));
    putIfPresent(attributes, STATE_AFTER, entry.stateAfter());
    putIfPresent(attributes, INVITING_USER, entry.invitingUser());
    if (!entry.changedFields().isEmpty()) {
      attributes.put(
          CHANGED, AttributeValue.fromL(entry.changedFields().stream().map(Items::text).toList()));
    }
    return attributes;
  }

  static Map<String, AttributeValue> names(EntityKey<?> entity) {
    return switch (entity) {
      case UserKey user -> Map.of(USERNAME, Items.text(user.username().value()));
      case OrganizationKey organization ->
          Map.of(ORGANIZATION, Items.text(organization.organization().value()));
      case MembershipKey membership ->
          Map.of(
              USERNAME, Items.text(membership.username().value()),
              ORGANIZATION, Items.text(membership.organization().value()));
    };
  }

  private static void putIfPresent(
      Map<String, AttributeValue> attributes, String name, Optional<?> value) {
    value.ifPresent(present -> attributes.put(name, Items.text(present.toString())));
  }

  /**
   * Returns the entry that an item holds.
   *
   * @throws IllegalStateException if the item is malformed
   */
  static AuditEntry entry(Item item) {
    return new AuditEntry(
        entity(item),
        item.value(ACTION, AuditEntry.Action::valueOf),
        item.revision(Items.REVISION),
        item.time(TIME),
        new Origin(
            ifPresent(item, CALLER, Function.identity()),
            ifPresent(item, ACTING_USER, Username::new),
            ifPresent(item, REQUEST_ID, RequestId::of)),
        item.has(CHANGED) ? item.list(CHANGED).stream().map(AttributeValue::s).toList() : List.of(),
        ifPresent(item, ROLE_BEFORE, Role::valueOf),
        ifPresent(item, ROLE_AFTER, Role::valueOf),
        ifPresent(item, STATE_AFTER, UserState::valueOf),
        ifPresent(item, INVITING_USER, Username::new));
  }

  static EntityKey<?> entity(Item item) {
    Optional<Username> user = ifPresent(item, USERNAME, Username::new);
    Optional<OrganizationName> organization = ifPresent(item, ORGANIZATION, OrganizationName::new);
    if (user.isPresent() && organization.isPresent()) {
      return new MembershipKey(organization.get(), user.get());
    }
    return user.<EntityKey<?>>map(UserKey::new)
        .or(() -> organization.map(OrganizationKey::new))
        .orElseThrow(() -> item.fault(USERNAME, "a username or an organizationName"));
  }

  private static <T> Optional<T> ifPresent(Item item, String name, Function<String, T> type) {
    return item.has(name) ? Optional.of(item.value(name, type)) : Optional.empty();
  }
}
