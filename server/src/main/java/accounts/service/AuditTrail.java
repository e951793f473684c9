package accounts.service;

import accounts.domain.Account;
import accounts.domain.Entity;
import accounts.domain.EntityKey.UserKey;
import accounts.domain.Membership;
import accounts.domain.Organization;
import accounts.domain.Role;
import accounts.domain.User;
import accounts.domain.UserState;
import accounts.domain.Username;
import accounts.store.AuditEntry;
import accounts.store.AuditEntry.Action;
import accounts.store.Change;
import accounts.store.Lookups;
import accounts.store.Origin;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Writes down decisions: an entry for each change of an entity, none for conditions.
 *
 * @param before the answers that the decision was based on. The commit's conditions make sure that
 *     they are those that the change replaces
 */
record AuditTrail(Origin origin, Lookups before) {

  List<AuditEntry> entries(List<Change> changes) {
    Optional<Username> inviter = inviter(changes);
    return changes.stream().flatMap(change -> entry(change, inviter)).toList();
  }

  /** A membership that begins together with the end of an invitation begins by it. */
  private static Optional<Username> inviter(List<Change> changes) {
    return changes.stream()
        .filter(Change.DropInvitation.class::isInstance)
        .map(change -> ((Change.DropInvitation) change).seen().invitingUser())
        .findFirst();
  }

  private Stream<AuditEntry> entry(Change change, Optional<Username> inviter) {
    return switch (change) {
      case Change.Create c -> Stream.of(created(c.entity(), inviter));
      case Change.Replace r -> Stream.of(entry(r.entity(), Action.UPDATED, roleOf(r.entity())));
      case Change.Remove r -> Stream.of(entry(r.membership(), Action.REMOVED, Optional.empty()));
      case Change.End e -> Stream.of(entry(e.account(), Action.REMOVED, Optional.empty()));
      case Change.Restore r -> Stream.of(entry(r.account(), Action.RESTORED, Optional.empty()));
      case Change.Erase e -> Stream.of(erased(e));
      case Change.NoteDeletion n -> Stream.empty();
      case Change.NoteProgress n -> Stream.empty();
      case Change.DropDeletion d -> Stream.empty();
      case Change.PutInvitation p -> Stream.empty();
      case Change.DropInvitation d -> Stream.empty();
      case Change.Keep k -> Stream.empty();
      case Change.Require r -> Stream.empty();
      case Change.RequireActive r -> Stream.empty();
      case Change.RequireRole r -> Stream.empty();
      case Change.AddOwner a -> Stream.empty();
      case Change.DropOwner d -> Stream.empty();
    };
  }

  private AuditEntry created(Entity entity, Optional<Username> inviter) {
    return entry(entity, Action.CREATED, roleOf(entity), inviter);
  }

  private AuditEntry erased(Change.Erase erase) {
    return new AuditEntry(
        new UserKey(erase.username()),
        Action.ERASED,
        erase.revision(),
        erase.time(),
        origin,
        List.of(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty());
  }

  private AuditEntry entry(Entity after, Action action, Optional<Role> roleAfter) {
    return entry(after, action, roleAfter, Optional.empty());
  }

  private AuditEntry entry(
      Entity after, Action action, Optional<Role> roleAfter, Optional<Username> inviter) {
    Optional<? extends Entity> replaced = before.get(after.key()).toOptional();
    Optional<? extends Entity> updated = action == Action.UPDATED ? replaced : Optional.empty();
    return new AuditEntry(
        after.key(),
        action,
        after.revision(),
        after.updateTime(),
        origin,
        updated.map(old -> changedFields(old, after)).orElse(List.of()),
        replaced.flatMap(AuditTrail::roleOf),
        roleAfter,
        updated.flatMap(old -> stateAfter(old, after)),
        inviter);
  }

  private static Optional<Role> roleOf(Entity entity) {
    return entity instanceof Membership membership
        ? Optional.of(membership.role())
        : Optional.empty();
  }

  private static Optional<UserState> stateAfter(Entity before, Entity after) {
    return before instanceof User old
            && after instanceof User user
            && old.shownState() != user.shownState()
        ? Optional.of(user.shownState())
        : Optional.empty();
  }

  private static List<String> changedFields(Entity before, Entity after) {
    if (before instanceof User old && after instanceof User user) {
      return changedFields(old, user);
    }
    return before instanceof Organization old && after instanceof Organization organization
        ? changedFields(old, organization)
        : List.of();
  }

  private static List<String> changedFields(Organization before, Organization after) {
    List<String> fields = new ArrayList<>();
    if (!before.displayName().equals(after.displayName())) {
      fields.add("display_name");
    }
    addLabels(before, after, fields);
    if (before.deleting() != after.deleting()) {
      fields.add("state");
    }
    return fields;
  }

  private static List<String> changedFields(User before, User after) {
    List<String> fields = new ArrayList<>();
    if (!before.firstName().equals(after.firstName())) {
      fields.add("first_name");
    }
    if (!before.lastName().equals(after.lastName())) {
      fields.add("last_name");
    }
    addLabels(before, after, fields);
    if (before.shownState() != after.shownState()) {
      fields.add("state");
    }
    return fields;
  }

  /** Not which ones: keys may say as much of a person as values. */
  private static void addLabels(Account before, Account after, List<String> fields) {
    if (!before.labels().equals(after.labels())) {
      fields.add("labels");
    }
  }
}
