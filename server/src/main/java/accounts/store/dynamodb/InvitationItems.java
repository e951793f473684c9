package accounts.store.dynamodb;

import accounts.domain.Invitation;
import accounts.domain.OrganizationName;
import accounts.domain.Role;
import accounts.domain.Username;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * Converts invitations to and from items. Each is two, as a membership is: one by organization, to
 * which all conditions apply, and a mirror by user.
 */
final class InvitationItems {

  /** When it counts as not there, to the millisecond; always of the same length, so texts order. */
  static final String EXPIRE_TIME = "expireTime";

  private static final String ORGANIZATION = "organizationName";
  private static final String USERNAME = "username";
  private static final String INVITING_USER = "invitingUser";
  static final String ORGANIZATION_CREATED = "organizationCreateTime";
  static final String USER_CREATED = "userCreateTime";
  private static final String INVITER_JOINED = "invitingMembershipCreateTime";
  private static final String MEMBERSHIP_REVISION = "membershipRevision";
  private static final String CREATE_TIME = "createTime";

  private InvitationItems() {}

  static Map<String, AttributeValue> item(Invitation invitation) {
    return item(invitation, ItemKeys.invitationOf(invitation.key()));
  }

  static Map<String, AttributeValue> mirror(Invitation invitation) {
    return item(invitation, ItemKeys.invitationMirrorOf(invitation.key()));
  }

  private static Map<String, AttributeValue> item(
      Invitation invitation, Map<String, AttributeValue> key) {
    Map<String, AttributeValue> item = new HashMap<>(attributes(invitation));
    item.put(Items.EXPIRES, Items.number(invitation.expireTime().plusMillis(999).getEpochSecond()));
    item.putAll(key);
    return item;
  }

  private static Map<String, AttributeValue> attributes(Invitation invitation) {
    return Map.of(
        ORGANIZATION,
        Items.text(invitation.organization().value()),
        USERNAME,
        Items.text(invitation.username().value()),
        Items.ROLE,
        Items.text(invitation.role().name()),
        INVITING_USER,
        Items.text(invitation.invitingUser().value()),
        ORGANIZATION_CREATED,
        Items.text(Items.TIME.format(invitation.organizationCreateTime())),
        USER_CREATED,
        Items.text(Items.TIME.format(invitation.userCreateTime())),
        INVITER_JOINED,
        Items.text(Items.TIME.format(invitation.invitingMembershipCreateTime())),
        MEMBERSHIP_REVISION,
        Items.number(invitation.membershipRevision().value()),
        CREATE_TIME,
        Items.text(Items.TIME.format(invitation.createTime())),
        EXPIRE_TIME,
        Items.text(Items.TIME.format(invitation.expireTime())));
  }

  /** The item says what was seen, in every attribute; or there is none, if none was seen. */
  static Expressions isAs(Optional<Invitation> seen) {
    return seen.map(InvitationItems::isAs).orElse(Expressions.NEVER_WAS);
  }

  private static Expressions isAs(Invitation seen) {
    Map<String, AttributeValue> attributes = attributes(seen);
    return new Expressions(
        attributes.keySet().stream()
            .sorted()
            .map(name -> "#%s = :%s".formatted(name, name))
            .collect(Collectors.joining(" AND ")),
        attributes.keySet().stream().collect(Collectors.toMap(name -> "#" + name, name -> name)),
        attributes.entrySet().stream()
            .collect(Collectors.toMap(entry -> ":" + entry.getKey(), Map.Entry::getValue)));
  }

  /**
   * Returns the invitation that an item holds.
   *
   * @throws IllegalStateException if the item is malformed
   */
  static Invitation invitation(Item item) {
    return new Invitation(
        item.value(ORGANIZATION, OrganizationName::new),
        item.value(USERNAME, Username::new),
        item.value(Items.ROLE, Role::valueOf),
        item.value(INVITING_USER, Username::new),
        item.time(ORGANIZATION_CREATED),
        item.time(USER_CREATED),
        item.time(INVITER_JOINED),
        item.revision(MEMBERSHIP_REVISION),
        item.time(CREATE_TIME),
        item.time(EXPIRE_TIME));
  }
}
