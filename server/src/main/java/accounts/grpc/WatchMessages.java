package accounts.grpc;

import accounts.domain.EntityKey.MembershipKey;
import accounts.domain.EntityKey.OrganizationKey;
import accounts.domain.EntityKey.UserKey;
import accounts.store.FeedChange;
import accounts.v1.Change;
import accounts.v1.ChangeAction;
import accounts.v1.EntityKind;

/** Converts changes of the feed to contract messages. */
final class WatchMessages {

  private WatchMessages() {}

  static Change of(FeedChange change) {
    Change.Builder message =
        Change.newBuilder()
            .setAction(of(change.action()))
            .setRevision(change.revision().value())
            .setChangeTime(Messages.of(change.time()));
    change.role().ifPresent(role -> message.setRole(Messages.of(role)));
    change.state().ifPresent(state -> message.setState(Messages.of(state)));
    return named(message, change).build();
  }

  private static Change.Builder named(Change.Builder message, FeedChange change) {
    return switch (change.entity()) {
      case UserKey user ->
          message.setEntityKind(EntityKind.ENTITY_KIND_USER).setUsername(user.username().value());
      case OrganizationKey organization ->
          message
              .setEntityKind(EntityKind.ENTITY_KIND_ORGANIZATION)
              .setOrganizationName(organization.organization().value());
      case MembershipKey membership ->
          message
              .setEntityKind(EntityKind.ENTITY_KIND_MEMBERSHIP)
              .setUsername(membership.username().value())
              .setOrganizationName(membership.organization().value());
    };
  }

  private static ChangeAction of(FeedChange.Action action) {
    return switch (action) {
      case CREATED -> ChangeAction.CHANGE_ACTION_CREATED;
      case UPDATED -> ChangeAction.CHANGE_ACTION_UPDATED;
      case REMOVED -> ChangeAction.CHANGE_ACTION_REMOVED;
      case ERASED -> ChangeAction.CHANGE_ACTION_ERASED;
    };
  }
}
