package accounts.grpc;

import accounts.domain.EntityKey;
import accounts.domain.EntityKey.MembershipKey;
import accounts.domain.EntityKey.OrganizationKey;
import accounts.domain.EntityKey.UserKey;
import accounts.v1.EntityKind;

/**
 * An entity as messages about changes name it.
 *
 * @param username empty for an organization
 * @param organization empty for a user
 */
record EntityName(EntityKind kind, String username, String organization) {

  static EntityName of(EntityKey<?> key) {
    return switch (key) {
      case UserKey user -> new EntityName(EntityKind.ENTITY_KIND_USER, user.username().value(), "");
      case OrganizationKey organization ->
          new EntityName(
              EntityKind.ENTITY_KIND_ORGANIZATION, "", organization.organization().value());
      case MembershipKey membership ->
          new EntityName(
              EntityKind.ENTITY_KIND_MEMBERSHIP,
              membership.username().value(),
              membership.organization().value());
    };
  }
}
