package accounts.grpc;

import accounts.domain.RequestId;
import accounts.domain.Username;
import accounts.grpc.AuditRequests.RequestedTrail;
import accounts.store.AuditEntry;
import accounts.store.AuditPage;
import accounts.v1.AuditAction;
import accounts.v1.ListChangesResponse;

/** Converts entries of the audit trail to contract messages. */
final class AuditMessages {

  private AuditMessages() {}

  static ListChangesResponse response(RequestedTrail requested, AuditPage page) {
    return ListChangesResponse.newBuilder()
        .addAllChanges(page.entries().stream().map(AuditMessages::of).toList())
        .setNextPageToken(next(requested, page))
        .build();
  }

  private static String next(RequestedTrail requested, AuditPage page) {
    return page.more()
        ? PageToken.after(
            TrailPlace.text(page.entries().getLast().position(), requested.query()),
            requested.identity())
        : "";
  }

  private static accounts.v1.AuditEntry of(AuditEntry entry) {
    EntityName name = EntityName.of(entry.entity());
    accounts.v1.AuditEntry.Builder message =
        accounts.v1.AuditEntry.newBuilder()
            .setEntityKind(name.kind())
            .setUsername(name.username())
            .setOrganizationName(name.organization())
            .setAction(of(entry.action()))
            .setFromRevision(entry.revision().previous().value())
            .setToRevision(entry.revision().value())
            .setActingUser(entry.origin().actingUser().map(Username::value).orElse(""))
            .setCaller(entry.origin().caller().orElse(""))
            .setRequestId(entry.origin().requestId().map(RequestId::toString).orElse(""))
            .setChangeTime(Messages.of(entry.time()))
            .addAllChangedFields(entry.changedFields());
    entry.roleBefore().ifPresent(role -> message.setRoleBefore(Messages.of(role)));
    entry.roleAfter().ifPresent(role -> message.setRoleAfter(Messages.of(role)));
    entry.stateAfter().ifPresent(state -> message.setStateAfter(Messages.of(state)));
    entry.invitingUser().ifPresent(user -> message.setInvitingUser(user.value()));
    return message.build();
  }

  private static AuditAction of(AuditEntry.Action action) {
    return switch (action) {
      case CREATED -> AuditAction.AUDIT_ACTION_CREATED;
      case UPDATED -> AuditAction.AUDIT_ACTION_UPDATED;
      case REMOVED -> AuditAction.AUDIT_ACTION_REMOVED;
      case ERASED -> AuditAction.AUDIT_ACTION_ERASED;
      case RESTORED -> AuditAction.AUDIT_ACTION_RESTORED;
    };
  }
}
