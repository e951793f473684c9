package accounts.store.dynamodb;

import accounts.codec.UnreadableBytesException;
import accounts.domain.Account;
import accounts.domain.Entity;
import accounts.domain.EntityKey;
import accounts.domain.EntityKey.AccountKey;
import accounts.domain.Labels;
import accounts.domain.Lookup;
import accounts.domain.Membership;
import accounts.domain.Organization;
import accounts.domain.OrganizationName;
import accounts.domain.PersonName;
import accounts.domain.RequestId;
import accounts.domain.Revision;
import accounts.domain.Role;
import accounts.domain.User;
import accounts.domain.UserState;
import accounts.domain.Username;
import accounts.store.RequestRecord;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** Converts entities and request records to and from items. */
final class Items {

  static final String REVISION = "revision";
  static final String ROLE = "role";
  static final String CREATE_TIME = "createTime";
  static final String UPDATE_TIME = "updateTime";

  /** On a user; a user without it is active, as all were before there were states. */
  static final String STATE = "state";

  /** On a user or an organization: true from the beginning of its deletion on. */
  static final String DELETING = "deleting";

  /** On a user or an organization that has labels: a map of them. */
  static final String LABELS = "labels";

  /** Present, and true, on the tombstone of what was removed or deleted. */
  static final String REMOVED = "removed";

  /** On the tombstone of a deleted user or organization: until when its name is reserved. */
  static final String RESERVED_UNTIL = "reservedUntil";

  /**
   * On an organization: its number of owners, for the store's conditions; not part of the entity.
   */
  static final String OWNERS = "owners";

  /**
   * On request records, entries of the audit trail, blocks of the feed, invitations and what is
   * kept of the deleted: when DynamoDB may delete them, in seconds since the epoch.
   */
  static final String EXPIRES = "expires";

  // Always three digits, unlike Instant.toString: the table is read by people too.
  static final DateTimeFormatter TIME =
      new DateTimeFormatterBuilder().appendInstant(3).toFormatter();

  private Items() {}

  /** Converts an item to the answer to a key; an empty item is absence. */
  static <E extends Entity> Lookup<E> lookup(EntityKey<E> key, Item item) {
    if (!item.isPresent()) {
      return new Lookup.Absent<>(Revision.NONE);
    }
    if (item.has(REMOVED)) {
      Optional<Instant> reserved =
          item.has(RESERVED_UNTIL) ? Optional.of(item.time(RESERVED_UNTIL)) : Optional.empty();
      return new Lookup.Absent<>(item.revision(REVISION), reserved);
    }
    return new Lookup.Found<>(entity(key, item));
  }

  /** Returns the entity that an item of a kind of key describes. */
  @SuppressWarnings("unchecked")
  static <E extends Entity> E entity(EntityKey<E> key, Item item) {
    Entity entity =
        switch (key) {
          case EntityKey.UserKey ignored -> user(item);
          case EntityKey.OrganizationKey ignored -> organization(item);
          case EntityKey.MembershipKey ignored -> membership(item);
        };
    return (E) entity;
  }

  private static User user(Item item) {
    return new User(
        item.value("username", Username::new),
        item.value("firstName", PersonName::new),
        item.value("lastName", PersonName::new),
        item.has(STATE) ? item.value(STATE, UserState::valueOf) : UserState.ACTIVE,
        item.flag(DELETING),
        item.value(LABELS, item.texts(LABELS), Labels::of),
        item.revision(REVISION),
        item.time(CREATE_TIME),
        item.time(UPDATE_TIME));
  }

  private static Organization organization(Item item) {
    return new Organization(
        item.value("organizationName", OrganizationName::new),
        item.text("displayName"),
        item.value("foundingUser", Username::new),
        item.flag(DELETING),
        item.value(LABELS, item.texts(LABELS), Labels::of),
        item.revision(REVISION),
        item.time(CREATE_TIME),
        item.time(UPDATE_TIME));
  }

  static Membership membership(Item item) {
    return new Membership(
        item.value("organizationName", OrganizationName::new),
        item.value("username", Username::new),
        item.value(ROLE, Role::valueOf),
        item.revision(REVISION),
        item.time(CREATE_TIME),
        item.time(UPDATE_TIME));
  }

  /** Returns the attributes of an entity, without its key. */
  static Map<String, AttributeValue> attributes(Entity entity) {
    Map<String, AttributeValue> attributes = new HashMap<>();
    attributes.put(REVISION, number(entity.revision().value()));
    attributes.put(CREATE_TIME, text(TIME.format(entity.createTime())));
    attributes.put(UPDATE_TIME, text(TIME.format(entity.updateTime())));
    switch (entity) {
      case User user -> {
        attributes.put("username", text(user.username().value()));
        attributes.put("firstName", text(user.firstName().value()));
        attributes.put("lastName", text(user.lastName().value()));
        attributes.put(STATE, text(user.state().name()));
        attributes.put(DELETING, AttributeValue.fromBool(user.deleting()));
        putLabels(attributes, user.labels());
      }
      case Organization organization -> {
        attributes.put("organizationName", text(organization.name().value()));
        attributes.put("displayName", text(organization.displayName()));
        attributes.put("foundingUser", text(organization.foundingUser().value()));
        attributes.put(DELETING, AttributeValue.fromBool(organization.deleting()));
        putLabels(attributes, organization.labels());
      }
      case Membership membership -> {
        attributes.put("organizationName", text(membership.organization().value()));
        attributes.put("username", text(membership.username().value()));
        attributes.put(ROLE, text(membership.role().name()));
      }
    }
    return attributes;
  }

  private static void putLabels(Map<String, AttributeValue> attributes, Labels labels) {
    if (!labels.isEmpty()) {
      Map<String, AttributeValue> values = new HashMap<>();
      labels.values().forEach((key, value) -> values.put(key, text(value)));
      attributes.put(LABELS, AttributeValue.fromM(values));
    }
  }

  /** Returns what remains of a deleted user or organization under its key: no name of a person. */
  static Map<String, AttributeValue> tombstone(
      AccountKey<?> key, Revision revision, Instant reservedUntil) {
    Map<String, AttributeValue> item = new HashMap<>(ItemKeys.of(key));
    item.put(REVISION, number(revision.value()));
    item.put(REMOVED, AttributeValue.fromBool(true));
    item.put(RESERVED_UNTIL, text(TIME.format(reservedUntil)));
    return item;
  }

  /** Returns what is kept of a deleted user or organization, to restore it. */
  static Map<String, AttributeValue> kept(Account account, Instant until) {
    Map<String, AttributeValue> item = new HashMap<>(attributes(account));
    item.putAll(ItemKeys.keptOf(account.key()));
    item.put(EXPIRES, number(until.getEpochSecond()));
    return item;
  }

  static Map<String, AttributeValue> item(RequestRecord record, Instant expires) {
    Map<String, AttributeValue> item = new HashMap<>(ItemKeys.of(record.requestId()));
    item.put("fingerprint", text(record.fingerprint()));
    item.put(
        "outcome",
        AttributeValue.fromB(SdkBytes.fromByteArray(OutcomeCodec.encode(record.outcome()))));
    item.put(EXPIRES, number(expires.getEpochSecond()));
    return item;
  }

  /** Returns the item that lists a recorded request under the user that its outcome holds. */
  static Map<String, AttributeValue> listed(
      Username username, RequestId requestId, Instant expires) {
    Map<String, AttributeValue> item = new HashMap<>(ItemKeys.listedOf(username, requestId));
    item.put(EXPIRES, number(expires.getEpochSecond()));
    return item;
  }

  static RequestRecord requestRecord(RequestId requestId, Item item) {
    try {
      return new RequestRecord(
          requestId, item.text("fingerprint"), OutcomeCodec.decode(item.bytes("outcome")));
    } catch (UnreadableBytesException e) {
      throw new IllegalStateException("record of request " + requestId, e);
    }
  }

  static AttributeValue text(String value) {
    return AttributeValue.fromS(value);
  }

  static AttributeValue number(long value) {
    return AttributeValue.fromN(Long.toString(value));
  }
}
