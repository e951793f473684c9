package accounts.client;

import accounts.v1.BatchGetMembershipsResponse;
import accounts.v1.BatchGetUsersResponse;
import accounts.v1.CreateOrganizationResponse;
import accounts.v1.GetMembershipResponse;
import accounts.v1.GetOrganizationResponse;
import accounts.v1.GetUserResponse;
import accounts.v1.MembershipResult;
import accounts.v1.UndeleteOrganizationResponse;
import accounts.v1.UserResult;
import com.google.protobuf.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Converts the contract's messages to the client's types. */
final class Protos {

  private Protos() {}

  static ReadResult<User> read(GetUserResponse r) {
    return read(user(r.getUser()), r.getSource(), r.getAge());
  }

  static ReadResult<Organization> read(GetOrganizationResponse r) {
    return read(organization(r.getOrganization()), r.getSource(), r.getAge());
  }

  static ReadResult<Membership> read(GetMembershipResponse r) {
    return read(membership(r.getMembership()), r.getSource(), r.getAge());
  }

  static ReadResult<List<Lookup<String, User>>> read(BatchGetUsersResponse r) {
    return read(
        r.getResultsList().stream().map(Protos::lookup).toList(), r.getSource(), r.getAge());
  }

  static ReadResult<List<Lookup<MembershipKey, Membership>>> read(BatchGetMembershipsResponse r) {
    return read(
        r.getResultsList().stream().map(Protos::lookup).toList(), r.getSource(), r.getAge());
  }

  static NewOrganization created(CreateOrganizationResponse r) {
    return new NewOrganization(
        organization(r.getOrganization()), membership(r.getFounderMembership()));
  }

  static RestoredOrganization restored(UndeleteOrganizationResponse r) {
    return new RestoredOrganization(
        organization(r.getOrganization()), membership(r.getOwnerMembership()));
  }

  static User user(accounts.v1.User u) {
    return new User(
        u.getUsername(),
        u.getFirstName(),
        u.getLastName(),
        u.getRevision(),
        instant(u.getCreateTime()),
        instant(u.getUpdateTime()),
        state(u.getState()),
        u.getUid(),
        u.getLabelsMap());
  }

  static UserState state(accounts.v1.UserState state) {
    return switch (state) {
      case USER_STATE_ACTIVE -> UserState.ACTIVE;
      case USER_STATE_SUSPENDED -> UserState.SUSPENDED;
      case USER_STATE_DELETING -> UserState.DELETING;
      case USER_STATE_DELETED -> UserState.DELETED;
      case USER_STATE_UNSPECIFIED, UNRECOGNIZED -> UserState.UNKNOWN;
    };
  }

  static Organization organization(accounts.v1.Organization o) {
    return new Organization(
        o.getOrganizationName(),
        o.getDisplayName(),
        o.getFoundingUser(),
        o.getRevision(),
        instant(o.getCreateTime()),
        instant(o.getUpdateTime()),
        o.getUid(),
        state(o.getState()),
        o.getLabelsMap());
  }

  private static OrganizationState state(accounts.v1.OrganizationState state) {
    return switch (state) {
      case ORGANIZATION_STATE_ACTIVE -> OrganizationState.ACTIVE;
      case ORGANIZATION_STATE_DELETING -> OrganizationState.DELETING;
      case ORGANIZATION_STATE_DELETED -> OrganizationState.DELETED;
      case ORGANIZATION_STATE_UNSPECIFIED, UNRECOGNIZED -> OrganizationState.UNKNOWN;
    };
  }

  static Membership membership(accounts.v1.Membership m) {
    return new Membership(
        m.getOrganizationName(),
        m.getUsername(),
        Roles.of(m.getRole()),
        m.getRevision(),
        instant(m.getCreateTime()),
        instant(m.getUpdateTime()),
        m.getUid());
  }

  static List<Membership> memberships(List<accounts.v1.Membership> memberships) {
    return memberships.stream().map(Protos::membership).toList();
  }

  static List<User> users(List<accounts.v1.User> users) {
    return users.stream().map(Protos::user).toList();
  }

  static List<Organization> organizations(List<accounts.v1.Organization> organizations) {
    return organizations.stream().map(Protos::organization).toList();
  }

  /** Converts entities; passes over those of a kind that this version does not know. */
  static List<Entity> entities(List<accounts.v1.Entity> entities) {
    return entities.stream().flatMap(entity -> entity(entity).stream()).toList();
  }

  private static Optional<Entity> entity(accounts.v1.Entity entity) {
    return switch (entity.getEntityCase()) {
      case USER -> Optional.of(user(entity.getUser()));
      case ORGANIZATION -> Optional.of(organization(entity.getOrganization()));
      case MEMBERSHIP -> Optional.of(membership(entity.getMembership()));
      case ENTITY_NOT_SET -> Optional.empty();
    };
  }

  static Duration duration(com.google.protobuf.Duration d) {
    return Duration.ofSeconds(d.getSeconds(), d.getNanos());
  }

  static <T> ReadResult<T> read(
      T value, accounts.v1.Source source, com.google.protobuf.Duration age) {
    return new ReadResult<>(value, source(source), duration(age));
  }

  private static Lookup<String, User> lookup(UserResult r) {
    return r.hasUser()
        ? new Lookup<>(r.getUsername(), Optional.of(user(r.getUser())), r.getUser().getRevision())
        : new Lookup<>(r.getUsername(), Optional.empty(), r.getNotFound().getRevision());
  }

  private static Lookup<MembershipKey, Membership> lookup(MembershipResult r) {
    var key = new MembershipKey(r.getKey().getOrganizationName(), r.getKey().getUsername());
    return r.hasMembership()
        ? new Lookup<>(
            key, Optional.of(membership(r.getMembership())), r.getMembership().getRevision())
        : new Lookup<>(key, Optional.empty(), r.getNotFound().getRevision());
  }

  private static Source source(accounts.v1.Source source) {
    return switch (source) {
      case SOURCE_NEAR_CACHE -> Source.NEAR_CACHE;
      case SOURCE_CACHE -> Source.CACHE;
      case SOURCE_STORE -> Source.STORE;
      case SOURCE_UNSPECIFIED, UNRECOGNIZED -> Source.UNKNOWN;
    };
  }

  static Instant instant(Timestamp t) {
    return Instant.ofEpochSecond(t.getSeconds(), t.getNanos());
  }
}
