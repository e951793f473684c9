package accounts.grpc;

import accounts.domain.Entity;
import accounts.domain.Invitation;
import accounts.domain.Lookup;
import accounts.domain.Membership;
import accounts.domain.Organization;
import accounts.domain.Role;
import accounts.domain.User;
import accounts.domain.UserState;
import accounts.v1.Absence;
import accounts.v1.OrganizationState;
import com.google.protobuf.Duration;
import com.google.protobuf.Timestamp;
import java.time.Instant;

/** Converts domain values to contract messages. */
final class Messages {

  private static final long NANOS_PER_SECOND = 1_000_000_000;

  private Messages() {}

  static accounts.v1.User of(User user) {
    var message =
        accounts.v1.User.newBuilder()
            .setUsername(user.username().value())
            .setFirstName(user.firstName().value())
            .setLastName(user.lastName().value())
            .setRevision(user.revision().value())
            .setCreateTime(of(user.createTime()))
            .setUpdateTime(of(user.updateTime()))
            .setState(of(user.shownState()))
            .setUid(user.uid().text());
    // Most have none, and the builder would make a map for them.
    return user.labels().isEmpty()
        ? message.build()
        : message.putAllLabels(user.labels().values()).build();
  }

  static accounts.v1.Organization of(Organization organization) {
    var message =
        accounts.v1.Organization.newBuilder()
            .setOrganizationName(organization.name().value())
            .setDisplayName(organization.displayName())
            .setFoundingUser(organization.foundingUser().value())
            .setRevision(organization.revision().value())
            .setCreateTime(of(organization.createTime()))
            .setUpdateTime(of(organization.updateTime()))
            .setState(
                organization.deleting()
                    ? OrganizationState.ORGANIZATION_STATE_DELETING
                    : OrganizationState.ORGANIZATION_STATE_ACTIVE)
            .setUid(organization.uid().text());
    return organization.labels().isEmpty()
        ? message.build()
        : message.putAllLabels(organization.labels().values()).build();
  }

  static accounts.v1.Membership of(Membership membership) {
    return accounts.v1.Membership.newBuilder()
        .setOrganizationName(membership.organization().value())
        .setUsername(membership.username().value())
        .setRole(of(membership.role()))
        .setRevision(membership.revision().value())
        .setCreateTime(of(membership.createTime()))
        .setUpdateTime(of(membership.updateTime()))
        .setUid(membership.uid().text())
        .build();
  }

  static accounts.v1.Invitation of(Invitation invitation) {
    return accounts.v1.Invitation.newBuilder()
        .setOrganizationName(invitation.organization().value())
        .setUsername(invitation.username().value())
        .setRole(of(invitation.role()))
        .setInvitingUser(invitation.invitingUser().value())
        .setCreateTime(of(invitation.createTime()))
        .setExpireTime(of(invitation.expireTime()))
        .build();
  }

  static <E extends Entity> Absence absence(Lookup<E> lookup) {
    return Absence.newBuilder().setRevision(lookup.revision().value()).build();
  }

  static accounts.v1.Role of(Role role) {
    return switch (role) {
      case OWNER -> accounts.v1.Role.ROLE_OWNER;
      case ADMIN -> accounts.v1.Role.ROLE_ADMIN;
      case MEMBER -> accounts.v1.Role.ROLE_MEMBER;
    };
  }

  static accounts.v1.UserState of(UserState state) {
    return switch (state) {
      case ACTIVE -> accounts.v1.UserState.USER_STATE_ACTIVE;
      case SUSPENDED -> accounts.v1.UserState.USER_STATE_SUSPENDED;
      case DELETING -> accounts.v1.UserState.USER_STATE_DELETING;
    };
  }

  static accounts.v1.Source of(accounts.service.Source source) {
    return switch (source) {
      case NEAR_CACHE -> accounts.v1.Source.SOURCE_NEAR_CACHE;
      case CACHE -> accounts.v1.Source.SOURCE_CACHE;
      case STORE -> accounts.v1.Source.SOURCE_STORE;
    };
  }

  /**
   * Returns a duration.
   *
   * @param nanos 0 or more
   */
  static Duration ofNanos(long nanos) {
    return Duration.newBuilder()
        .setSeconds(nanos / NANOS_PER_SECOND)
        .setNanos((int) (nanos % NANOS_PER_SECOND))
        .build();
  }

  static Timestamp of(Instant time) {
    return Timestamp.newBuilder()
        .setSeconds(time.getEpochSecond())
        .setNanos(time.getNano())
        .build();
  }
}
