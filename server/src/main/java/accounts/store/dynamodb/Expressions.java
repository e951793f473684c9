package accounts.store.dynamodb;

import static accounts.store.dynamodb.ItemKeys.PK;
import static accounts.store.dynamodb.Items.CREATE_TIME;
import static accounts.store.dynamodb.Items.DELETING;
import static accounts.store.dynamodb.Items.OWNERS;
import static accounts.store.dynamodb.Items.REMOVED;
import static accounts.store.dynamodb.Items.REVISION;
import static accounts.store.dynamodb.Items.ROLE;
import static accounts.store.dynamodb.Items.STATE;

import accounts.domain.Revision;
import accounts.domain.Role;
import accounts.domain.UserState;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.StringJoiner;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * A DynamoDB condition or update expression.
 *
 * @param text the expression
 * @param names the attribute names of its {@code #} placeholders
 * @param values the values of its {@code :} placeholders
 */
record Expressions(String text, Map<String, String> names, Map<String, AttributeValue> values) {

  /** The item does not exist and never did. */
  static final Expressions NEVER_WAS = of("attribute_not_exists(" + PK + ")", Map.of());

  /** The item exists and is not marked as removed. */
  static final Expressions IS_THERE =
      of("attribute_exists(" + PK + ") AND attribute_not_exists(" + REMOVED + ")", Map.of());

  /** The user or organization exists, and its deletion has not begun. */
  static final Expressions IS_STAYING =
      of(
          IS_THERE.text()
              + " AND (attribute_not_exists(%s) OR %s = :staying)".formatted(DELETING, DELETING),
          Map.of(":staying", AttributeValue.fromBool(false)));

  /** The user exists, and is neither suspended nor about to be deleted. */
  static final Expressions IS_ACTIVE =
      new Expressions(
          IS_STAYING.text() + " AND (attribute_not_exists(#state) OR #state = :active)",
          Map.of("#state", STATE),
          merged(IS_STAYING.values(), Map.of(":active", Items.text(UserState.ACTIVE.name()))));

  /** More than one owner. */
  static final Expressions OWNERS_LEFT = of(OWNERS + " > :one", Map.of(":one", Items.number(1)));

  private static Expressions of(String text, Map<String, AttributeValue> values) {
    return new Expressions(text, Map.of(), values);
  }

  /** The entity does not exist; if it ever did, it was removed at this revision. */
  static Expressions absentAt(Revision removal) {
    if (removal.equals(Revision.NONE)) {
      return NEVER_WAS;
    }
    return of(
        REMOVED + " = :removed AND " + REVISION + " = :previous",
        Map.of(
            ":removed", AttributeValue.fromBool(true),
            ":previous", Items.number(removal.value())));
  }

  /**
   * As {@link #absentAt}, and if it ever was, it was created at another time than this: entities
   * that have the same name one after the other are told from each other by it.
   */
  static Expressions absentAt(Revision removal, Instant created) {
    Expressions absent = absentAt(removal);
    return removal.equals(Revision.NONE)
        ? absent
        : of(
            "%s AND (attribute_not_exists(%s) OR %s <> :created)"
                .formatted(absent.text(), CREATE_TIME, CREATE_TIME),
            merged(absent.values(), Map.of(":created", Items.text(Items.TIME.format(created)))));
  }

  /** The entity exists at this revision. */
  static Expressions presentAt(Revision revision) {
    return of(
        REVISION + " = :previous AND attribute_not_exists(" + REMOVED + ")",
        Map.of(":previous", Items.number(revision.value())));
  }

  /** The user or organization exists at this revision, and its deletion has begun. */
  static Expressions deletingAt(Revision revision) {
    Expressions present = presentAt(revision);
    return of(
        "%s AND %s = :deleting".formatted(present.text(), DELETING),
        merged(present.values(), Map.of(":deleting", AttributeValue.fromBool(true))));
  }

  /** The membership exists with one of these roles. */
  static Expressions hasRole(Set<Role> roles) {
    Map<String, AttributeValue> values =
        roles.stream()
            .collect(
                Collectors.toMap(
                    role -> ":" + role,
                    role -> Items.text(role.name()),
                    (a, b) -> a,
                    TreeMap::new));
    String text =
        "#role IN (%s) AND attribute_not_exists(%s)"
            .formatted(String.join(", ", values.keySet()), REMOVED);
    return new Expressions(text, Map.of("#role", ROLE), values);
  }

  /** Adds to the number of owners. */
  static Expressions addOwners(int change) {
    return of("ADD " + OWNERS + " :change", Map.of(":change", Items.number(change)));
  }

  /** Sets attributes and leaves others unchanged. */
  static Expressions set(Map<String, AttributeValue> attributes) {
    StringJoiner text = new StringJoiner(", ", "SET ", "");
    Map<String, String> names = new HashMap<>();
    Map<String, AttributeValue> values = new HashMap<>();
    attributes.forEach((name, value) -> {
      // Placeholders for all: DynamoDB reserves hundreds of words, "role" among them.
      text.add("#" + name + " = :" + name);
      names.put("#" + name, name);
      values.put(":" + name, value);
    });
    return new Expressions(text.toString(), names, values);
  }

  /** Returns this update, which removes an attribute, too, if it is there. */
  Expressions andRemove(String attribute) {
    Map<String, String> all = merged(names, Map.of("#" + attribute, attribute));
    return new Expressions(text + " REMOVE #" + attribute, all, values);
  }

  /** Returns the values of this expression together with those of a condition. */
  Map<String, AttributeValue> valuesWith(Expressions condition) {
    return merged(values, condition.values);
  }

  /** Returns the names of this expression together with those of a condition. */
  Map<String, String> namesWith(Expressions condition) {
    return merged(names, condition.names);
  }

  /**
   * Returns the names or values of an expression, as the client takes them: DynamoDB refuses empty
   * maps, and takes null for "none", which the builders' annotations do not say.
   */
  @SuppressWarnings("NullAway")
  static <T> Map<String, T> orNone(Map<String, T> placeholders) {
    return placeholders.isEmpty() ? null : placeholders;
  }

  private static <T> Map<String, T> merged(Map<String, T> one, Map<String, T> other) {
    return Stream.of(one, other)
        .flatMap(map -> map.entrySet().stream())
        .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
  }
}
