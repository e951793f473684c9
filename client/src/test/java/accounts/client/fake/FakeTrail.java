package accounts.client.fake;

import accounts.v1.AuditAction;
import accounts.v1.AuditEntry;
import accounts.v1.EntityKind;
import accounts.v1.ListChangesRequest;
import accounts.v1.ListChangesResponse;
import accounts.v1.Membership;
import accounts.v1.Organization;
import accounts.v1.User;
import java.util.ArrayList;
import java.util.List;

/** The audit trail of {@link FakeAccounts}, in the order of the changes. Not thread-safe. */
final class FakeTrail {

  private static final String CALLER = "spiffe://example.org/test";

  private final List<AuditEntry> entries = new ArrayList<>();

  void add(AuditAction action, User user, List<String> fields, String requestId) {
    add(
        AuditEntry.newBuilder()
            .setEntityKind(EntityKind.ENTITY_KIND_USER)
            .setUsername(user.getUsername())
            .setActingUser(action == AuditAction.AUDIT_ACTION_CREATED ? "" : user.getUsername())
            .addAllChangedFields(fields)
            .setChangeTime(user.getUpdateTime())
            .setToRevision(user.getRevision()),
        action,
        requestId);
  }

  /** Records that a user has another state: nobody acts. */
  void addState(User user, String requestId) {
    add(
        AuditEntry.newBuilder()
            .setEntityKind(EntityKind.ENTITY_KIND_USER)
            .setUsername(user.getUsername())
            .addChangedFields("state")
            .setStateAfter(user.getState())
            .setChangeTime(user.getUpdateTime())
            .setToRevision(user.getRevision()),
        AuditAction.AUDIT_ACTION_UPDATED,
        requestId);
  }

  void add(Organization organization, String requestId) {
    add(
        AuditEntry.newBuilder()
            .setEntityKind(EntityKind.ENTITY_KIND_ORGANIZATION)
            .setOrganizationName(organization.getOrganizationName())
            .setActingUser(organization.getFoundingUser())
            .setChangeTime(organization.getUpdateTime())
            .setToRevision(organization.getRevision()),
        AuditAction.AUDIT_ACTION_CREATED,
        requestId);
  }

  /** Records that a field of an organization was changed. */
  void addUpdate(Organization organization, String field, String actingUser, String requestId) {
    add(
        AuditEntry.newBuilder()
            .setEntityKind(EntityKind.ENTITY_KIND_ORGANIZATION)
            .setOrganizationName(organization.getOrganizationName())
            .setActingUser(actingUser)
            .addChangedFields(field)
            .setChangeTime(organization.getUpdateTime())
            .setToRevision(organization.getRevision()),
        AuditAction.AUDIT_ACTION_UPDATED,
        requestId);
  }

  /** Records that a user has accepted an invitation. */
  void addAccepted(Membership membership, String invitingUser, String requestId) {
    add(
        AuditEntry.newBuilder()
            .setEntityKind(EntityKind.ENTITY_KIND_MEMBERSHIP)
            .setOrganizationName(membership.getOrganizationName())
            .setUsername(membership.getUsername())
            .setActingUser(membership.getUsername())
            .setInvitingUser(invitingUser)
            .setRoleAfter(membership.getRole())
            .setChangeTime(membership.getUpdateTime())
            .setToRevision(membership.getRevision()),
        AuditAction.AUDIT_ACTION_CREATED,
        requestId);
  }

  /**
   * @param before the default instance if there was none
   */
  void add(
      AuditAction action,
      Membership before,
      Membership after,
      String actingUser,
      String requestId) {
    AuditEntry.Builder entry =
        AuditEntry.newBuilder()
            .setEntityKind(EntityKind.ENTITY_KIND_MEMBERSHIP)
            .setOrganizationName(after.getOrganizationName())
            .setUsername(after.getUsername())
            .setActingUser(actingUser)
            .setChangeTime(after.getUpdateTime())
            .setRoleBeforeValue(before.getRoleValue())
            .setToRevision(after.getRevision());
    if (action != AuditAction.AUDIT_ACTION_REMOVED) {
      entry.setRoleAfterValue(after.getRoleValue());
    }
    add(entry, action, requestId);
  }

  private void add(AuditEntry.Builder entry, AuditAction action, String requestId) {
    entries.add(
        entry
            .setAction(action)
            .setFromRevision(entry.getToRevision() - 1)
            .setCaller(CALLER)
            .setRequestId(requestId)
            .build());
  }

  /** Tokens are offsets, which are opaque to the client. */
  ListChangesResponse page(ListChangesRequest q, String slug) {
    List<AuditEntry> all =
        entries.stream()
            .filter(entry ->
                q.hasUsername()
                    ? entry.getUsername().equals(q.getUsername())
                    : entry.getOrganizationName().equals(slug))
            .toList();
    int from = q.getPageToken().isEmpty() ? 0 : Integer.parseInt(q.getPageToken());
    int to = Math.min(all.size(), from + (q.getPageSize() == 0 ? 50 : q.getPageSize()));
    return ListChangesResponse.newBuilder()
        .addAllChanges(all.subList(from, to))
        .setNextPageToken(to == all.size() ? "" : Integer.toString(to))
        .build();
  }
}
