package accounts.codec;

import accounts.domain.Entity;
import accounts.domain.Membership;
import accounts.domain.Organization;
import accounts.domain.OrganizationName;
import accounts.domain.PersonName;
import accounts.domain.Revision;
import accounts.domain.Role;
import accounts.domain.User;
import accounts.domain.Username;
import java.time.Instant;

/** Entities to and from their stored messages. */
final class EntityCodec {

  private EntityCodec() {}

  static StoredEntity encode(Entity entity) {
    StoredEntity.Builder stored = StoredEntity.newBuilder();
    return switch (entity) {
      case User user -> stored.setUser(encode(user)).build();
      case Organization organization -> stored.setOrganization(encode(organization)).build();
      case Membership membership -> stored.setMembership(encode(membership)).build();
    };
  }

  private static StoredUser encode(User user) {
    return StoredUser.newBuilder()
        .setUsername(user.username().value())
        .setFirstName(user.firstName().value())
        .setLastName(user.lastName().value())
        .setRevision(user.revision().value())
        .setCreateTimeMillis(user.createTime().toEpochMilli())
        .setUpdateTimeMillis(user.updateTime().toEpochMilli())
        .build();
  }

  private static StoredOrganization encode(Organization organization) {
    return StoredOrganization.newBuilder()
        .setOrganizationName(organization.name().value())
        .setDisplayName(organization.displayName())
        .setFoundingUser(organization.foundingUser().value())
        .setRevision(organization.revision().value())
        .setCreateTimeMillis(organization.createTime().toEpochMilli())
        .setUpdateTimeMillis(organization.updateTime().toEpochMilli())
        .build();
  }

  private static StoredMembership encode(Membership membership) {
    return StoredMembership.newBuilder()
        .setOrganizationName(membership.organization().value())
        .setUsername(membership.username().value())
        .setRole(membership.role().name())
        .setRevision(membership.revision().value())
        .setCreateTimeMillis(membership.createTime().toEpochMilli())
        .setUpdateTimeMillis(membership.updateTime().toEpochMilli())
        .build();
  }

  static Entity decode(StoredEntity stored) throws UnreadableBytesException {
    return switch (stored.getEntityCase()) {
      case USER -> decode(stored.getUser());
      case ORGANIZATION -> decode(stored.getOrganization());
      case MEMBERSHIP -> decode(stored.getMembership());
      case ENTITY_NOT_SET -> throw new UnreadableBytesException("no entity");
    };
  }

  private static User decode(StoredUser stored) {
    return new User(
        new Username(stored.getUsername()),
        new PersonName(stored.getFirstName()),
        new PersonName(stored.getLastName()),
        new Revision(stored.getRevision()),
        Instant.ofEpochMilli(stored.getCreateTimeMillis()),
        Instant.ofEpochMilli(stored.getUpdateTimeMillis()));
  }

  private static Organization decode(StoredOrganization stored) {
    return new Organization(
        new OrganizationName(stored.getOrganizationName()),
        stored.getDisplayName(),
        new Username(stored.getFoundingUser()),
        new Revision(stored.getRevision()),
        Instant.ofEpochMilli(stored.getCreateTimeMillis()),
        Instant.ofEpochMilli(stored.getUpdateTimeMillis()));
  }

  private static Membership decode(StoredMembership stored) {
    return new Membership(
        new OrganizationName(stored.getOrganizationName()),
        new Username(stored.getUsername()),
        Role.valueOf(stored.getRole()),
        new Revision(stored.getRevision()),
        Instant.ofEpochMilli(stored.getCreateTimeMillis()),
        Instant.ofEpochMilli(stored.getUpdateTimeMillis()));
  }
}
