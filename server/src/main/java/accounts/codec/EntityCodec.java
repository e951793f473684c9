package accounts.codec;

import accounts.domain.Entity;
import accounts.domain.EntityKey.MembershipKey;
import accounts.domain.EntityKey.OrganizationKey;
import accounts.domain.EntityKey.UserKey;
import accounts.domain.Membership;
import accounts.domain.Organization;
import accounts.domain.OrganizationName;
import accounts.domain.PersonName;
import accounts.domain.Revision;
import accounts.domain.Role;
import accounts.domain.User;
import accounts.domain.UserState;
import accounts.domain.Username;
import java.time.Instant;

/** Converts entities to and from the messages that are stored. */
public final class EntityCodec {

  private EntityCodec() {}

  public static StoredEntity encode(Entity entity) {
    StoredEntity.Builder stored = StoredEntity.newBuilder();
    return switch (entity) {
      case User user -> stored.setUser(encode(user)).build();
      case Organization organization -> stored.setOrganization(encode(organization)).build();
      case Membership membership -> stored.setMembership(encode(membership)).build();
    };
  }

  private static StoredUser encode(User user) {
    return encodeWithoutKey(user).toBuilder()
        .setUsername(user.username().value())
        .setRevision(user.revision().value())
        .build();
  }

  /** Returns everything but the user's key and revision. */
  public static StoredUser encodeWithoutKey(User user) {
    return StoredUser.newBuilder()
        .setFirstName(user.firstName().value())
        .setLastName(user.lastName().value())
        .setState(user.state() == UserState.ACTIVE ? "" : user.state().name())
        .setDeleting(user.deleting())
        .addAllLabels(StoredLabels.encode(user.labels()))
        .setCreateTimeMillis(user.createTime().toEpochMilli())
        .setUpdateTimeMillis(user.updateTime().toEpochMilli())
        .build();
  }

  private static StoredOrganization encode(Organization organization) {
    return encodeWithoutKey(organization).toBuilder()
        .setOrganizationName(organization.name().value())
        .setRevision(organization.revision().value())
        .build();
  }

  /** Returns everything but the organization's key and revision. */
  public static StoredOrganization encodeWithoutKey(Organization organization) {
    return StoredOrganization.newBuilder()
        .setDisplayName(organization.displayName())
        .setFoundingUser(organization.foundingUser().value())
        .setDeleting(organization.deleting())
        .addAllLabels(StoredLabels.encode(organization.labels()))
        .setCreateTimeMillis(organization.createTime().toEpochMilli())
        .setUpdateTimeMillis(organization.updateTime().toEpochMilli())
        .build();
  }

  private static StoredMembership encode(Membership membership) {
    return encodeWithoutKey(membership).toBuilder()
        .setOrganizationName(membership.organization().value())
        .setUsername(membership.username().value())
        .setRevision(membership.revision().value())
        .build();
  }

  /** Returns everything but the membership's key and revision. */
  public static StoredMembership encodeWithoutKey(Membership membership) {
    return StoredMembership.newBuilder()
        .setRole(membership.role().name())
        .setCreateTimeMillis(membership.createTime().toEpochMilli())
        .setUpdateTimeMillis(membership.updateTime().toEpochMilli())
        .build();
  }

  public static Entity decode(StoredEntity stored) throws UnreadableBytesException {
    return switch (stored.getEntityCase()) {
      case USER -> decode(stored.getUser());
      case ORGANIZATION -> decode(stored.getOrganization());
      case MEMBERSHIP -> decode(stored.getMembership());
      case ENTITY_NOT_SET -> throw new UnreadableBytesException("no entity");
    };
  }

  private static User decode(StoredUser stored) {
    return decode(
        stored,
        new UserKey(new Username(stored.getUsername())),
        new Revision(stored.getRevision()));
  }

  /** Returns the user of a key and a revision. */
  public static User decode(StoredUser stored, UserKey key, Revision revision) {
    return new User(
        key.username(),
        new PersonName(stored.getFirstName()),
        new PersonName(stored.getLastName()),
        stored.getState().isEmpty() ? UserState.ACTIVE : UserState.valueOf(stored.getState()),
        stored.getDeleting(),
        StoredLabels.decode(stored.getLabelsList()),
        revision,
        Instant.ofEpochMilli(stored.getCreateTimeMillis()),
        Instant.ofEpochMilli(stored.getUpdateTimeMillis()));
  }

  private static Organization decode(StoredOrganization stored) {
    return decode(
        stored,
        new OrganizationKey(new OrganizationName(stored.getOrganizationName())),
        new Revision(stored.getRevision()));
  }

  /** Returns the organization of a key and a revision. */
  public static Organization decode(
      StoredOrganization stored, OrganizationKey key, Revision revision) {
    return new Organization(
        key.organization(),
        stored.getDisplayName(),
        new Username(stored.getFoundingUser()),
        stored.getDeleting(),
        StoredLabels.decode(stored.getLabelsList()),
        revision,
        Instant.ofEpochMilli(stored.getCreateTimeMillis()),
        Instant.ofEpochMilli(stored.getUpdateTimeMillis()));
  }

  private static Membership decode(StoredMembership stored) {
    return decode(
        stored,
        new MembershipKey(
            new OrganizationName(stored.getOrganizationName()), new Username(stored.getUsername())),
        new Revision(stored.getRevision()));
  }

  /** Returns the membership of a key and a revision. */
  public static Membership decode(StoredMembership stored, MembershipKey key, Revision revision) {
    return new Membership(
        key.organization(),
        key.username(),
        Role.valueOf(stored.getRole()),
        revision,
        Instant.ofEpochMilli(stored.getCreateTimeMillis()),
        Instant.ofEpochMilli(stored.getUpdateTimeMillis()));
  }
}
