package accounts.store.dynamodb;

import accounts.domain.AccountKind;
import accounts.domain.EntityKey;
import accounts.domain.EntityKey.AccountKey;
import accounts.domain.EntityKey.MembershipKey;
import accounts.domain.EntityKey.OrganizationKey;
import accounts.domain.EntityKey.UserKey;
import accounts.domain.Label;
import accounts.domain.OrganizationName;
import accounts.domain.RequestId;
import accounts.domain.Username;
import accounts.store.AuditPosition;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * The keys of all items in the table. Each key part is one name after a constant prefix, so no two
 * items share a key whatever the names are.
 */
final class ItemKeys {

  static final String PK = "PK";
  static final String SK = "SK";

  private static final String USER = "USER#";
  private static final String MEMBER = "MEMBER#";
  private static final String MEMBERS = "ORGMEMBERS#";
  private static final String ORG = "ORG#";

  /** Partition of the notes of all deletions in progress; the sort key is that of the account. */
  static final String DELETIONS = "DELETIONS";

  /** How the partition keys of all items begin that are entities, or the tombstones of such. */
  static final List<String> ENTITY_PARTITIONS = List.of(USER, ORG, MEMBERS);

  private static final String REQUEST = "REQUEST#";
  private static final String INVITATIONS = "ORGINVITATIONS#";
  private static final String KEPT = "DELETED";
  private static final String DIRECTORY = "DIRECTORY#";

  /** Sorts before members and organizations. */
  private static final String ITSELF = "ITSELF";

  private ItemKeys() {}

  static Map<String, AttributeValue> of(EntityKey<?> key) {
    return switch (key) {
      case AccountKey<?> account -> both(name(account));
      case MembershipKey membership ->
          key(membersOf(membership.organization()), memberSortKey(membership.username()));
    };
  }

  /**
   * Returns the key of the entity that an item holds; empty for other kinds of items, and for
   * invalid names.
   */
  static Optional<EntityKey<?>> entityOf(Map<String, AttributeValue> key) {
    String partition = new Item(key).text(PK);
    String sort = new Item(key).text(SK);
    try {
      return named(partition, sort).filter(entity -> of(entity).equals(key(partition, sort)));
    } catch (IllegalArgumentException e) {
      return Optional.empty(); // no name of ours: somebody else's item
    }
  }

  private static Optional<EntityKey<?>> named(String partition, String sort) {
    if (partition.startsWith(USER)) {
      return Optional.of(new UserKey(new Username(after(USER, partition))));
    }
    if (partition.startsWith(ORG)) {
      return Optional.of(new OrganizationKey(new OrganizationName(after(ORG, partition))));
    }
    if (partition.startsWith(MEMBERS) && sort.startsWith(MEMBER)) {
      return Optional.of(
          new MembershipKey(
              new OrganizationName(after(MEMBERS, partition)), new Username(after(MEMBER, sort))));
    }
    return Optional.empty();
  }

  private static String after(String prefix, String text) {
    return text.substring(prefix.length());
  }

  /** Returns the key of what is kept of a deleted user or organization. */
  static Map<String, AttributeValue> keptOf(AccountKey<?> key) {
    return both(KEPT + name(key));
  }

  /** Returns the key of the note of a deletion. */
  static Map<String, AttributeValue> deletionOf(AccountKey<?> key) {
    return key(DELETIONS, name(key));
  }

  private static String name(AccountKey<?> key) {
    return switch (key) {
      case UserKey user -> USER + user.username();
      case OrganizationKey organization -> ORG + organization.organization();
    };
  }

  /**
   * Returns the partition of the directory that has the names of this kind that begin with a
   * character.
   */
  static String directoryOf(AccountKind kind, char first) {
    return directoryOf(kind) + first;
  }

  /**
   * Returns the partition of the directory that has the names of this kind that have a label. No
   * name begins with its equals sign, so it is none of the others.
   */
  static String directoryOf(AccountKind kind, Label label) {
    return directoryOf(kind) + label.key() + "=" + label.value();
  }

  private static String directoryOf(AccountKind kind) {
    return DIRECTORY
        + switch (kind) {
          case USER -> USER;
          case ORGANIZATION -> ORG;
        };
  }

  /** Returns the key of the user or organization whose item has this name; empty if none has. */
  static Optional<AccountKey<?>> accountOf(String name) {
    return entityOf(both(name))
        .filter(AccountKey.class::isInstance)
        .map(key -> (AccountKey<?>) key);
  }

  /** Returns the key of a membership's mirror item, by which a user's memberships are listed. */
  static Map<String, AttributeValue> mirrorOf(MembershipKey key) {
    return key(membershipsOf(key.username()), organizationSortKey(key.organization()));
  }

  /** Returns the key of the invitation to a membership. */
  static Map<String, AttributeValue> invitationOf(MembershipKey key) {
    return key(invitationsTo(key.organization()), invitedSortKey(key.username()));
  }

  /** Returns the key of the invitation whose mirror item has this key; for whatever it holds. */
  static Map<String, AttributeValue> invitationOf(
      Username username, Map<String, AttributeValue> mirror) {
    String sort = new Item(mirror).text(SK);
    String organization = sort.startsWith(ORG) ? after(ORG, sort) : sort;
    return key(INVITATIONS + organization, invitedSortKey(username));
  }

  /** Returns the key of an invitation's mirror item, by which a user's invitations are listed. */
  static Map<String, AttributeValue> invitationMirrorOf(MembershipKey key) {
    return key(invitationsOf(key.username()), organizationSortKey(key.organization()));
  }

  /** Partition of the invitations to an organization. */
  static String invitationsTo(OrganizationName organization) {
    return INVITATIONS + organization;
  }

  /** Partition of the invitations of a user. */
  static String invitationsOf(Username username) {
    return "USERINVITATIONS#" + username;
  }

  static String invitedSortKey(Username username) {
    return USER + username;
  }

  static Map<String, AttributeValue> of(RequestId requestId) {
    return both(REQUEST + requestId);
  }

  /**
   * Partition of the requests whose recorded outcomes hold a user, and so the names of a person.
   */
  static String requestsOf(Username username) {
    return "USERREQUESTS#" + username;
  }

  /** Returns the key by which a recorded request is listed under a user. */
  static Map<String, AttributeValue> listedOf(Username username, RequestId requestId) {
    return key(requestsOf(username), REQUEST + requestId);
  }

  /**
   * Returns the key of the record of a request.
   *
   * @param listed as {@link #listedOf} made it
   */
  static Map<String, AttributeValue> recordOf(Map<String, AttributeValue> listed) {
    return both(new Item(listed).text(SK));
  }

  /**
   * Returns the keys of an entry of the audit trail, one in each trail that it belongs to: that of
   * a membership is in those of its organization and of its user.
   */
  static List<Map<String, AttributeValue>> entriesOf(AuditPosition position) {
    String revision = "#%019d".formatted(position.revision().value());
    return switch (position.entity()) {
      case UserKey user -> List.of(key(trailOf(user.username()), ITSELF + revision));
      case OrganizationKey organization ->
          List.of(key(trailOf(organization.organization()), ITSELF + revision));
      case MembershipKey membership ->
          List.of(
              key(
                  trailOf(membership.organization()),
                  memberSortKey(membership.username()) + revision),
              key(
                  trailOf(membership.username()),
                  organizationSortKey(membership.organization()) + revision));
    };
  }

  /** Partition of the entries of an organization and its members. */
  static String trailOf(OrganizationName organization) {
    return "ORGAUDIT#" + organization;
  }

  /** Partition of the entries of a user and its memberships. */
  static String trailOf(Username username) {
    return "USERAUDIT#" + username;
  }

  /** Partition of the blocks of one partition of the feed, in the order of their positions. */
  static String feed(int partition) {
    return "FEED#" + partition;
  }

  static Map<String, AttributeValue> feedBlock(int partition, long position) {
    return key(feed(partition), feedSortKey(position));
  }

  static String feedSortKey(long position) {
    return "%019d".formatted(position);
  }

  /** Returns the key of the item that says where a partition of the feed ends. */
  static Map<String, AttributeValue> feedHead(int partition) {
    return both("FEEDHEAD#" + partition);
  }

  /** Partition of an organization's members. */
  static String membersOf(OrganizationName organization) {
    return MEMBERS + organization;
  }

  /** Partition of a user's memberships. */
  static String membershipsOf(Username username) {
    return "USERORGS#" + username;
  }

  static String memberSortKey(Username username) {
    return MEMBER + username;
  }

  static String organizationSortKey(OrganizationName organization) {
    return ORG + organization;
  }

  static Map<String, AttributeValue> key(String partition, String sort) {
    return Map.of(PK, AttributeValue.fromS(partition), SK, AttributeValue.fromS(sort));
  }

  static Map<String, AttributeValue> both(String name) {
    return key(name, name);
  }
}
