package accounts.store.dynamodb;

import accounts.domain.EntityKey;
import accounts.domain.EntityKey.MembershipKey;
import accounts.domain.EntityKey.OrganizationKey;
import accounts.domain.EntityKey.UserKey;
import accounts.domain.OrganizationName;
import accounts.domain.RequestId;
import accounts.domain.Username;
import java.util.Map;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * Where things are in the table. Each key part holds one name behind a constant prefix, so no two
 * things share a key whatever their names are.
 */
final class ItemKeys {

  static final String PK = "PK";
  static final String SK = "SK";

  private static final String MEMBER = "MEMBER#";
  private static final String ORG = "ORG#";

  private ItemKeys() {}

  static Map<String, AttributeValue> of(EntityKey<?> key) {
    return switch (key) {
      case UserKey user -> both("USER#" + user.username());
      case OrganizationKey organization -> both(ORG + organization.organization());
      case MembershipKey membership ->
          key(membersOf(membership.organization()), memberSortKey(membership.username()));
    };
  }

  /** The second copy of a membership, by which a user's memberships are listed. */
  static Map<String, AttributeValue> mirrorOf(MembershipKey key) {
    return key(membershipsOf(key.username()), organizationSortKey(key.organization()));
  }

  static Map<String, AttributeValue> of(RequestId requestId) {
    return both("REQUEST#" + requestId);
  }

  /** Partition of an organization's members. */
  static String membersOf(OrganizationName organization) {
    return "ORGMEMBERS#" + organization;
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

  private static Map<String, AttributeValue> both(String name) {
    return key(name, name);
  }
}
