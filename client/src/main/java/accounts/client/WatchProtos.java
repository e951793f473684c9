package accounts.client;

import accounts.v1.WatchRequest;
import accounts.v1.WatchResponse;
import java.util.List;

/** Converts the contract's messages about watches. */
final class WatchProtos {

  private WatchProtos() {}

  static WatchRequest ofOrganization(String organizationName, String token) {
    return WatchRequest.newBuilder().setOrganizationName(organizationName).setToken(token).build();
  }

  static WatchRequest ofUser(String username, String token) {
    return WatchRequest.newBuilder().setUsername(username).setToken(token).build();
  }

  static WatchRequest ofEverything(String token) {
    return WatchRequest.newBuilder().setEverything(true).setToken(token).build();
  }

  static List<Change> changes(WatchResponse response) {
    return response.getChangesList().stream().map(WatchProtos::change).toList();
  }

  private static Change change(accounts.v1.Change c) {
    return new Change(
        AuditProtos.kind(c.getEntityKind()),
        AuditProtos.ifSet(c.getUsername()),
        AuditProtos.ifSet(c.getOrganizationName()),
        action(c.getAction()),
        c.getRevision(),
        AuditProtos.role(c.getRole()),
        AuditProtos.state(c.getState()),
        Protos.instant(c.getChangeTime()));
  }

  private static ChangeAction action(accounts.v1.ChangeAction action) {
    return switch (action) {
      case CHANGE_ACTION_CREATED -> ChangeAction.CREATED;
      case CHANGE_ACTION_UPDATED -> ChangeAction.UPDATED;
      case CHANGE_ACTION_REMOVED -> ChangeAction.REMOVED;
      case CHANGE_ACTION_ERASED -> ChangeAction.ERASED;
      case CHANGE_ACTION_UNSPECIFIED, UNRECOGNIZED -> ChangeAction.UNKNOWN;
    };
  }
}
