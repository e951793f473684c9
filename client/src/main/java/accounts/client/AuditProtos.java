package accounts.client;

import accounts.v1.ListChangesRequest;
import java.util.List;
import java.util.Optional;

/** Converts the contract's messages about the audit trail. */
final class AuditProtos {

  private AuditProtos() {}

  static ListChangesRequest ofUser(String username, PageSettings settings) {
    return page(ListChangesRequest.newBuilder().setUsername(username), settings);
  }

  static ListChangesRequest ofOrganization(String organizationName, PageSettings settings) {
    return page(ListChangesRequest.newBuilder().setOrganizationName(organizationName), settings);
  }

  private static ListChangesRequest page(
      ListChangesRequest.Builder request, PageSettings settings) {
    return request.setPageSize(settings.size()).setPageToken(settings.token()).build();
  }

  static List<AuditEntry> entries(List<accounts.v1.AuditEntry> entries) {
    return entries.stream().map(AuditProtos::entry).toList();
  }

  private static AuditEntry entry(accounts.v1.AuditEntry e) {
    return new AuditEntry(
        kind(e.getEntityKind()),
        ifSet(e.getUsername()),
        ifSet(e.getOrganizationName()),
        action(e.getAction()),
        e.getFromRevision(),
        e.getToRevision(),
        ifSet(e.getActingUser()),
        ifSet(e.getCaller()),
        ifSet(e.getRequestId()),
        Protos.instant(e.getChangeTime()),
        List.copyOf(e.getChangedFieldsList()),
        role(e.getRoleBefore()),
        role(e.getRoleAfter()),
        state(e.getStateAfter()),
        ifSet(e.getInvitingUser()));
  }

  static Optional<UserState> state(accounts.v1.UserState state) {
    return state == accounts.v1.UserState.USER_STATE_UNSPECIFIED
        ? Optional.empty()
        : Optional.of(Protos.state(state));
  }

  static Optional<String> ifSet(String text) {
    return Optional.of(text).filter(t -> !t.isEmpty());
  }

  static Optional<Role> role(accounts.v1.Role role) {
    return role == accounts.v1.Role.ROLE_UNSPECIFIED
        ? Optional.empty()
        : Optional.of(Roles.of(role));
  }

  static EntityKind kind(accounts.v1.EntityKind kind) {
    return switch (kind) {
      case ENTITY_KIND_USER -> EntityKind.USER;
      case ENTITY_KIND_ORGANIZATION -> EntityKind.ORGANIZATION;
      case ENTITY_KIND_MEMBERSHIP -> EntityKind.MEMBERSHIP;
      case ENTITY_KIND_UNSPECIFIED, UNRECOGNIZED -> EntityKind.UNKNOWN;
    };
  }

  private static AuditAction action(accounts.v1.AuditAction action) {
    return switch (action) {
      case AUDIT_ACTION_CREATED -> AuditAction.CREATED;
      case AUDIT_ACTION_UPDATED -> AuditAction.UPDATED;
      case AUDIT_ACTION_REMOVED -> AuditAction.REMOVED;
      case AUDIT_ACTION_ERASED -> AuditAction.ERASED;
      case AUDIT_ACTION_RESTORED -> AuditAction.RESTORED;
      case AUDIT_ACTION_UNSPECIFIED, UNRECOGNIZED -> AuditAction.UNKNOWN;
    };
  }
}
