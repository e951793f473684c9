package accounts.store.dynamodb;

import accounts.async.CallScope;
import accounts.async.Futures;
import accounts.async.OutageLog;
import accounts.domain.Account;
import accounts.domain.EntityKey.AccountKey;
import accounts.domain.EntityKey.OrganizationKey;
import accounts.domain.OrganizationName;
import accounts.domain.Username;
import accounts.store.DeletionStore;
import accounts.store.OpenDeletion;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.services.dynamodb.DynamoDbAsyncClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;

/** {@link DeletionStore} in the table. */
public final class DynamoDbDeletionStore implements DeletionStore {

  private static final int FORGOTTEN_AT_ONCE = 25;

  private final DynamoDbAsyncClient client;
  private final String table;
  private final StoreCalls calls;
  private final Reader reader;
  private final OutageLog malformed =
      new OutageLog(
          LoggerFactory.getLogger(DynamoDbDeletionStore.class),
          1,
          "the note of a deletion is malformed and passed over; correct or delete it",
          "no note of a deletion is malformed any more");

  /**
   * @param client stays the caller's to close; see {@link DynamoDbClients}
   * @param timeout longest time for one operation, retries included
   */
  public DynamoDbDeletionStore(DynamoDbAsyncClient client, String table, Duration timeout) {
    this.client = client;
    this.table = table;
    this.calls = new StoreCalls(timeout);
    this.reader = new Reader(client, table);
  }

  @Override
  public CompletableFuture<Optional<OpenDeletion>> find(AccountKey<?> key, CallScope scope) {
    return item(ItemKeys.deletionOf(key), scope)
        .thenApply(item -> item.map(DeletionItems::deletion));
  }

  @Override
  public <A extends Account> CompletableFuture<Optional<A>> kept(
      AccountKey<A> key, CallScope scope) {
    return item(ItemKeys.keptOf(key), scope)
        .thenApply(item -> item.map(present -> Items.entity(key, present)));
  }

  private CompletableFuture<Optional<Item>> item(Map<String, AttributeValue> key, CallScope scope) {
    return calls.run(
        scope,
        time ->
            reader.item(key, time).thenApply(item -> Optional.of(item).filter(Item::isPresent)));
  }

  @Override
  public CompletableFuture<List<OpenDeletion>> open(int limit, CallScope scope) {
    return calls.run(
        scope,
        time ->
            client
                .query(query ->
                    query
                        .tableName(table)
                        .consistentRead(true)
                        .limit(limit)
                        .keyConditionExpression(ItemKeys.PK + " = :deletions")
                        .expressionAttributeValues(
                            Map.of(":deletions", Items.text(ItemKeys.DELETIONS)))
                        .overrideConfiguration(o -> o.apiCallTimeout(time)))
                .thenApply(response -> wellFormed(response.items())));
  }

  /** A note that somebody damaged by hand does not keep the others from being finished. */
  private List<OpenDeletion> wellFormed(List<Map<String, AttributeValue>> items) {
    List<OpenDeletion> deletions = new ArrayList<>();
    for (Map<String, AttributeValue> item : items) {
      try {
        deletions.add(DeletionItems.deletion(new Item(item)));
      } catch (IllegalStateException e) {
        malformed.failed(ItemKeys.DELETIONS, e);
      }
    }
    if (deletions.size() == items.size()) {
      malformed.succeeded();
    }
    return List.copyOf(deletions);
  }

  @Override
  public CompletableFuture<Optional<OpenDeletion>> claim(
      OpenDeletion seen, boolean force, CallScope scope) {
    OpenDeletion taken = seen.taken(force);
    Expressions become = DeletionItems.become(taken);
    Expressions isAt = DeletionItems.isAt(seen);
    return calls.run(
        scope,
        time ->
            client
                .updateItem(update ->
                    update
                        .tableName(table)
                        .key(ItemKeys.deletionOf(seen.key()))
                        .conditionExpression(isAt.text())
                        .updateExpression(become.text())
                        .expressionAttributeNames(become.namesWith(isAt))
                        .expressionAttributeValues(become.valuesWith(isAt))
                        .overrideConfiguration(o -> o.apiCallTimeout(time)))
                .thenApply(response -> Optional.of(taken))
                .exceptionallyCompose(failure ->
                    unlessGotOn(failure, CompletableFuture.completedFuture(Optional.empty()))));
  }

  @Override
  public CompletableFuture<Void> drop(OpenDeletion seen, CallScope scope) {
    Expressions isAt = DeletionItems.isAt(seen);
    return calls.run(
        scope,
        time ->
            client
                .deleteItem(delete ->
                    delete
                        .tableName(table)
                        .key(ItemKeys.deletionOf(seen.key()))
                        .conditionExpression(isAt.text())
                        .expressionAttributeValues(isAt.values())
                        .overrideConfiguration(o -> o.apiCallTimeout(time)))
                .thenAccept(response -> {})
                .exceptionallyCompose(
                    failure -> unlessGotOn(failure, CompletableFuture.completedFuture(null))));
  }

  private static <T> CompletableFuture<T> unlessGotOn(
      Throwable failure, CompletableFuture<T> otherwise) {
    return StoreErrors.unwrapped(failure) instanceof ConditionalCheckFailedException
        ? otherwise
        : CompletableFuture.failedFuture(failure);
  }

  /** First the record, then what leads to it: a repetition finds what is left. */
  @Override
  public CompletableFuture<Void> forgetRequests(Username username, CallScope scope) {
    return listed(username, scope)
        .thenCompose(listed ->
            listed.isEmpty()
                ? CompletableFuture.completedFuture(null)
                : Futures.allOf(
                        listed.stream()
                            .map(key ->
                                delete(ItemKeys.recordOf(key), scope)
                                    .thenCompose(done -> delete(key, scope)))
                            .toList())
                    .thenCompose(done -> forgetRequests(username, scope)));
  }

  /** First the invitation, then its mirror, which leads to it: a repetition finds what is left. */
  @Override
  public CompletableFuture<Void> forgetInvitations(Username username, CallScope scope) {
    return some(ItemKeys.invitationsOf(username), scope)
        .thenCompose(mirrors ->
            mirrors.isEmpty()
                ? CompletableFuture.completedFuture(null)
                : Futures.allOf(
                        mirrors.stream()
                            .map(mirror -> Reader.keyOf(mirror.attributes()))
                            .map(key ->
                                delete(ItemKeys.invitationOf(username, key), scope)
                                    .thenCompose(done -> delete(key, scope)))
                            .toList())
                    .thenCompose(done -> forgetInvitations(username, scope)));
  }

  private CompletableFuture<List<Map<String, AttributeValue>>> listed(
      Username username, CallScope scope) {
    return some(ItemKeys.requestsOf(username), scope)
        .thenApply(items -> items.stream().map(item -> Reader.keyOf(item.attributes())).toList());
  }

  private CompletableFuture<List<Item>> some(String partition, CallScope scope) {
    return calls.run(
        scope,
        time ->
            client
                .query(query ->
                    query
                        .tableName(table)
                        .consistentRead(true)
                        .limit(FORGOTTEN_AT_ONCE)
                        .keyConditionExpression(ItemKeys.PK + " = :partition")
                        .expressionAttributeValues(Map.of(":partition", Items.text(partition)))
                        .overrideConfiguration(o -> o.apiCallTimeout(time)))
                .thenApply(response -> response.items().stream().map(Item::new).toList()));
  }

  private CompletableFuture<Void> delete(Map<String, AttributeValue> key, CallScope scope) {
    return calls.run(
        scope,
        time ->
            client
                .deleteItem(delete ->
                    delete
                        .tableName(table)
                        .key(key)
                        .overrideConfiguration(o -> o.apiCallTimeout(time)))
                .thenAccept(response -> {}));
  }

  @Override
  public CompletableFuture<Set<OrganizationName>> withOneOwner(
      Collection<OrganizationName> organizations, CallScope scope) {
    return calls.run(
        scope,
        time ->
            reader
                .items(
                    organizations.stream()
                        .map(name -> ItemKeys.of(new OrganizationKey(name)))
                        .toList(),
                    time)
                .thenApply(items ->
                    organizations.stream()
                        .filter(
                            name -> hasOneOwner(items.get(ItemKeys.of(new OrganizationKey(name)))))
                        .collect(Collectors.toUnmodifiableSet())));
  }

  private static boolean hasOneOwner(@Nullable Item item) {
    return item != null && item.has(Items.OWNERS) && item.number(Items.OWNERS) <= 1;
  }
}
