package accounts.store.dynamodb;

import accounts.domain.Account;
import accounts.domain.Entity;
import accounts.domain.EntityKey.OrganizationKey;
import accounts.domain.EntityKey.UserKey;
import accounts.domain.Labels;
import accounts.domain.Membership;
import accounts.domain.Organization;
import accounts.domain.User;
import accounts.store.AuditEntry;
import accounts.store.Change;
import accounts.store.Commit;
import accounts.store.OpenDeletion;
import accounts.store.Outcome;
import accounts.store.RequestRecord;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.ConditionCheck;
import software.amazon.awssdk.services.dynamodb.model.Delete;
import software.amazon.awssdk.services.dynamodb.model.Put;
import software.amazon.awssdk.services.dynamodb.model.ReturnValuesOnConditionCheckFailure;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;
import software.amazon.awssdk.services.dynamodb.model.Update;

/**
 * A commit as a DynamoDB transaction. Each of its items remembers its change, so that a refusal can
 * name it.
 */
final class Transaction {

  /**
   * One item of the transaction.
   *
   * @param change the change it implements; empty for the request's record, for entries of the
   *     audit trail, and for what has no condition of its own: the second copy of a membership or
   *     an invitation, what is kept of the deleted, and entries of the directory
   */
  record Part(Optional<Change> change, TransactWriteItem item) {}

  private final String table;
  private final List<Part> parts = new ArrayList<>();

  private Transaction(String table) {
    this.table = table;
  }

  /**
   * Returns the items of a commit's transaction. The request's record comes first, if there is one.
   *
   * @param recordExpires when DynamoDB may forget the record
   * @param retention how long entries of the audit trail are kept
   */
  static List<Part> of(String table, Commit commit, Instant recordExpires, Duration retention) {
    Transaction transaction = new Transaction(table);
    commit.record().ifPresent(record -> transaction.add(record, recordExpires));
    commit.changes().forEach(transaction::add);
    commit.entries().forEach(entry -> transaction.add(entry, retention));
    return List.copyOf(transaction.parts);
  }

  /** Returns what makes the entries of an account that is at the revision at which it was seen. */
  static List<TransactWriteItem> entering(String table, Account seen) {
    Transaction transaction = new Transaction(table);
    List<TransactWriteItem> items = new ArrayList<>();
    items.add(transaction.check(ItemKeys.of(seen.key()), Expressions.presentAt(seen.revision())));
    DirectoryEntries.of(seen).forEach(entry -> items.add(transaction.put(entry)));
    return List.copyOf(items);
  }

  private void add(RequestRecord record, Instant expires) {
    Put put =
        Put.builder()
            .tableName(table)
            .item(Items.item(record, expires))
            .conditionExpression(Expressions.NEVER_WAS.text())
            .returnValuesOnConditionCheckFailure(ReturnValuesOnConditionCheckFailure.ALL_OLD)
            .build();
    parts.add(new Part(Optional.empty(), TransactWriteItem.builder().put(put).build()));
    usersOf(record.outcome())
        .forEach(user ->
            parts.add(
                new Part(
                    Optional.empty(),
                    put(Items.listed(user.username(), record.requestId(), expires)))));
  }

  /** Outcomes that hold users are found by them, when a person is to be forgotten. */
  private static Stream<User> usersOf(Outcome outcome) {
    return switch (outcome) {
      case Outcome.Done done ->
          done.entities().stream().filter(User.class::isInstance).map(User.class::cast);
      case Outcome.Refused refused -> Stream.empty();
    };
  }

  /** Needs no condition: the change that makes this revision has one. */
  private void add(AuditEntry entry, Duration retention) {
    for (Map<String, AttributeValue> item : AuditItems.items(entry, retention)) {
      Put put = Put.builder().tableName(table).item(item).build();
      parts.add(new Part(Optional.empty(), TransactWriteItem.builder().put(put).build()));
    }
  }

  private void add(Change change) {
    TransactWriteItem item =
        switch (change) {
          case Change.Create create -> create(create.entity());
          case Change.Restore restore -> create(restore.account());
          case Change.Replace replace -> replace(replace.entity());
          case Change.Remove remove -> remove(remove.membership());
          case Change.End end -> end(end);
          case Change.Erase erase -> erase(erase);
          case Change.NoteDeletion note ->
              TransactWriteItem.builder()
                  .put(put(DeletionItems.item(note.deletion()), Expressions.NEVER_WAS))
                  .build();
          case Change.NoteProgress progress ->
              update(
                  ItemKeys.deletionOf(progress.seen().key()),
                  DeletionItems.become(progress.seen().after(progress.step())),
                  DeletionItems.isAt(progress.seen()));
          case Change.DropDeletion drop -> drop(drop.seen());
          case Change.PutInvitation p ->
              TransactWriteItem.builder()
                  .put(
                      put(InvitationItems.item(p.invitation()), InvitationItems.isAs(p.replaced())))
                  .build();
          case Change.DropInvitation d ->
              delete(
                  ItemKeys.invitationOf(d.seen().key()),
                  InvitationItems.isAs(Optional.of(d.seen())));
          case Change.Keep keep ->
              check(
                  ItemKeys.of(keep.entity().key()),
                  Expressions.presentAt(keep.entity().revision()));
          case Change.Require require -> check(ItemKeys.of(require.key()), Expressions.IS_STAYING);
          case Change.RequireActive active ->
              check(ItemKeys.of(new UserKey(active.username())), Expressions.IS_ACTIVE);
          case Change.RequireRole role ->
              check(
                  ItemKeys.key(
                      ItemKeys.membersOf(role.organization()),
                      ItemKeys.memberSortKey(role.username())),
                  Expressions.hasRole(role.roles()));
          case Change.AddOwner add ->
              update(
                  ItemKeys.of(new OrganizationKey(add.organization())),
                  Expressions.addOwners(1),
                  Expressions.IS_STAYING);
          case Change.DropOwner drop ->
              update(
                  ItemKeys.of(new OrganizationKey(drop.organization())),
                  Expressions.addOwners(-1),
                  Expressions.OWNERS_LEFT);
        };
    parts.add(new Part(Optional.of(change), item));
    aside(change);
    enter(change);
  }

  private TransactWriteItem create(Entity entity) {
    Map<String, AttributeValue> item = new HashMap<>(Items.attributes(entity));
    item.putAll(ItemKeys.of(entity.key()));
    if (entity instanceof Organization) {
      // An organization is only ever created together with its founder's ownership.
      item.put(Items.OWNERS, Items.number(1));
    }
    Expressions condition = Expressions.absentAt(entity.revision().previous(), entity.createTime());
    return TransactWriteItem.builder().put(put(item, condition)).build();
  }

  /**
   * Sets what the entity has, and leaves other attributes: a version before labels does so, too,
   * and so keeps them.
   */
  private TransactWriteItem replace(Entity entity) {
    Map<String, AttributeValue> attributes = Items.attributes(entity);
    Expressions update = Expressions.set(attributes);
    boolean hasNoLabels = entity instanceof Account && !attributes.containsKey(Items.LABELS);
    return update(
        ItemKeys.of(entity.key()),
        hasNoLabels ? update.andRemove(Items.LABELS) : update,
        Expressions.presentAt(entity.revision().previous()));
  }

  private TransactWriteItem update(Entity entity, Map<String, AttributeValue> attributes) {
    return update(
        ItemKeys.of(entity.key()),
        Expressions.set(attributes),
        Expressions.presentAt(entity.revision().previous()));
  }

  private TransactWriteItem remove(Membership membership) {
    Map<String, AttributeValue> attributes = new HashMap<>(Items.attributes(membership));
    attributes.put(Items.REMOVED, AttributeValue.fromBool(true));
    return update(membership, attributes);
  }

  private TransactWriteItem end(Change.End end) {
    Account account = end.account();
    Map<String, AttributeValue> tombstone =
        Items.tombstone(account.key(), account.revision(), end.reservedUntil());
    Expressions condition = Expressions.deletingAt(account.revision().previous());
    return TransactWriteItem.builder().put(put(tombstone, condition)).build();
  }

  private TransactWriteItem erase(Change.Erase erase) {
    Map<String, AttributeValue> tombstone =
        Items.tombstone(new UserKey(erase.username()), erase.revision(), erase.reservedUntil());
    Expressions condition = Expressions.absentAt(erase.revision().previous());
    return TransactWriteItem.builder().put(put(tombstone, condition)).build();
  }

  private TransactWriteItem drop(OpenDeletion seen) {
    return delete(ItemKeys.deletionOf(seen.key()), DeletionItems.isAt(seen));
  }

  /** Adds what changes with an item: a mirror of it, what is kept of the deleted. */
  private void aside(Change change) {
    Optional<TransactWriteItem> item =
        switch (change) {
          case Change.Create(Membership membership) -> Optional.of(putMirror(membership));
          case Change.Replace(Membership membership, Labels none) ->
              Optional.of(putMirror(membership));
          case Change.Remove(Membership membership) ->
              Optional.of(delete(ItemKeys.mirrorOf(membership.key())));
          case Change.PutInvitation p -> Optional.of(put(InvitationItems.mirror(p.invitation())));
          case Change.DropInvitation d ->
              Optional.of(delete(ItemKeys.invitationMirrorOf(d.seen().key())));
          case Change.End end -> Optional.of(put(Items.kept(end.account(), end.reservedUntil())));
          case Change.Erase erase ->
              Optional.of(delete(ItemKeys.keptOf(new UserKey(erase.username()))));
          case Change.Restore restore ->
              Optional.of(delete(ItemKeys.keptOf(restore.account().key())));
          default -> Optional.empty();
        };
    item.ifPresent(mirror -> parts.add(new Part(Optional.empty(), mirror)));
  }

  /** Adds what a change of a user or an organization changes in the directory. */
  private void enter(Change change) {
    switch (change) {
      case Change.Create(Account account) -> enter(Set.of(), DirectoryEntries.of(account));
      case Change.Restore restore -> enter(Set.of(), DirectoryEntries.of(restore.account()));
      case Change.End end -> enter(DirectoryEntries.of(end.account()), Set.of());
      // Left where an instance of a version without the directory ended it.
      case Change.Erase erase ->
          enter(Set.of(DirectoryEntries.named(new UserKey(erase.username()))), Set.of());
      case Change.Replace(Account account, Labels before) ->
          enter(
              DirectoryEntries.of(account.key(), before),
              DirectoryEntries.of(account.key(), account.labels()));
      default -> {} // the others change nothing that an entry is made of
    }
  }

  private void enter(
      Set<Map<String, AttributeValue>> before, Set<Map<String, AttributeValue>> after) {
    DirectoryEntries.difference(after, before)
        .forEach(entry -> parts.add(new Part(Optional.empty(), put(entry))));
    DirectoryEntries.difference(before, after)
        .forEach(entry -> parts.add(new Part(Optional.empty(), delete(entry))));
  }

  private TransactWriteItem putMirror(Membership membership) {
    Map<String, AttributeValue> item = new HashMap<>(Items.attributes(membership));
    item.putAll(ItemKeys.mirrorOf(membership.key()));
    return put(item);
  }

  private TransactWriteItem put(Map<String, AttributeValue> item) {
    return TransactWriteItem.builder()
        .put(Put.builder().tableName(table).item(item).build())
        .build();
  }

  private TransactWriteItem delete(Map<String, AttributeValue> key) {
    Delete delete = Delete.builder().tableName(table).key(key).build();
    return TransactWriteItem.builder().delete(delete).build();
  }

  private TransactWriteItem delete(Map<String, AttributeValue> key, Expressions condition) {
    Delete delete =
        Delete.builder()
            .tableName(table)
            .key(key)
            .conditionExpression(condition.text())
            .expressionAttributeNames(Expressions.orNone(condition.names()))
            .expressionAttributeValues(Expressions.orNone(condition.values()))
            .build();
    return TransactWriteItem.builder().delete(delete).build();
  }

  private Put put(Map<String, AttributeValue> item, Expressions condition) {
    return Put.builder()
        .tableName(table)
        .item(item)
        .conditionExpression(condition.text())
        .expressionAttributeNames(Expressions.orNone(condition.names()))
        .expressionAttributeValues(Expressions.orNone(condition.values()))
        .build();
  }

  private TransactWriteItem check(Map<String, AttributeValue> key, Expressions condition) {
    ConditionCheck check =
        ConditionCheck.builder()
            .tableName(table)
            .key(key)
            .conditionExpression(condition.text())
            .expressionAttributeNames(Expressions.orNone(condition.names()))
            .expressionAttributeValues(Expressions.orNone(condition.values()))
            .build();
    return TransactWriteItem.builder().conditionCheck(check).build();
  }

  private TransactWriteItem update(
      Map<String, AttributeValue> key, Expressions update, Expressions condition) {
    Update item =
        Update.builder()
            .tableName(table)
            .key(key)
            .updateExpression(update.text())
            .conditionExpression(condition.text())
            .expressionAttributeNames(Expressions.orNone(update.namesWith(condition)))
            .expressionAttributeValues(Expressions.orNone(update.valuesWith(condition)))
            .build();
    return TransactWriteItem.builder().update(item).build();
  }
}
