package accounts.grpc;

import accounts.store.FeedChange;
import accounts.v1.Change;
import accounts.v1.ChangeAction;

/** Converts changes of the feed to contract messages. */
final class WatchMessages {

  private WatchMessages() {}

  static Change of(FeedChange change) {
    EntityName name = EntityName.of(change.entity());
    Change.Builder message =
        Change.newBuilder()
            .setEntityKind(name.kind())
            .setUsername(name.username())
            .setOrganizationName(name.organization())
            .setAction(of(change.action()))
            .setRevision(change.revision().value())
            .setChangeTime(Messages.of(change.time()));
    change.role().ifPresent(role -> message.setRole(Messages.of(role)));
    change.state().ifPresent(state -> message.setState(Messages.of(state)));
    return message.build();
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
