package accounts.client;

import accounts.v1.AccessResult;
import accounts.v1.BatchCheckAccessRequest;
import accounts.v1.BatchCheckAccessResponse;
import accounts.v1.CheckAccessRequest;
import accounts.v1.CheckAccessResponse;
import java.util.List;
import java.util.Optional;

/** Converts checks of access to the contract's messages, and their answers back. */
final class AccessProtos {

  private AccessProtos() {}

  static CheckAccessRequest request(AccessCheck check, ReadSettings settings) {
    return CheckAccessRequest.newBuilder()
        .setOrganizationName(check.organizationName())
        .setUsername(check.username())
        .setRequiredRoleValue(Roles.number(check.requiredRole()))
        .setUserUid(check.userUid())
        .setOrganizationUid(check.organizationUid())
        .setConsistency(settings.consistency())
        .setMinRevision(settings.minRevision())
        .build();
  }

  static BatchCheckAccessRequest request(List<AccessCheck> checks, ReadSettings settings) {
    return BatchCheckAccessRequest.newBuilder()
        .addAllChecks(checks.stream().map(AccessProtos::check).toList())
        .setConsistency(settings.consistency())
        .setMinRevision(settings.minRevision())
        .build();
  }

  private static accounts.v1.AccessCheck check(AccessCheck check) {
    return accounts.v1.AccessCheck.newBuilder()
        .setOrganizationName(check.organizationName())
        .setUsername(check.username())
        .setRequiredRoleValue(Roles.number(check.requiredRole()))
        .setUserUid(check.userUid())
        .setOrganizationUid(check.organizationUid())
        .build();
  }

  static ReadResult<AccessDecision> read(CheckAccessResponse r) {
    AccessDecision decision =
        new AccessDecision(
            r.getAllowed(),
            reason(r.getReason()),
            role(r.getRole()),
            r.getMembershipRevision(),
            r.getUserRevision());
    return Protos.read(decision, r.getSource(), r.getAge());
  }

  static ReadResult<List<AccessDecision>> read(BatchCheckAccessResponse r) {
    return Protos.read(
        r.getResultsList().stream().map(AccessProtos::decision).toList(),
        r.getSource(),
        r.getAge());
  }

  private static AccessDecision decision(AccessResult r) {
    return new AccessDecision(
        r.getAllowed(),
        reason(r.getReason()),
        role(r.getRole()),
        r.getMembershipRevision(),
        r.getUserRevision());
  }

  private static Optional<Role> role(accounts.v1.Role role) {
    return role == accounts.v1.Role.ROLE_UNSPECIFIED
        ? Optional.empty()
        : Optional.of(Roles.of(role));
  }

  private static AccessReason reason(accounts.v1.AccessReason reason) {
    return switch (reason) {
      case ACCESS_REASON_ROLE -> AccessReason.ROLE;
      case ACCESS_REASON_NOT_A_MEMBER -> AccessReason.NOT_A_MEMBER;
      case ACCESS_REASON_ROLE_TOO_LOW -> AccessReason.ROLE_TOO_LOW;
      case ACCESS_REASON_USER_SUSPENDED -> AccessReason.USER_SUSPENDED;
      case ACCESS_REASON_USER_BEING_DELETED -> AccessReason.USER_BEING_DELETED;
      case ACCESS_REASON_USER_NOT_FOUND -> AccessReason.USER_NOT_FOUND;
      case ACCESS_REASON_OTHER_USER -> AccessReason.OTHER_USER;
      case ACCESS_REASON_OTHER_ORGANIZATION -> AccessReason.OTHER_ORGANIZATION;
      case ACCESS_REASON_UNSPECIFIED, UNRECOGNIZED -> AccessReason.UNKNOWN;
    };
  }
}
