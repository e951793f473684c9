package accounts.store.dynamodb;

import accounts.async.CallScope;
import accounts.domain.Account;
import accounts.domain.EntityKey.AccountKey;
import accounts.store.DirectoryPage;
import accounts.store.DirectoryQuery;
import accounts.store.DirectoryRound;
import accounts.store.DirectoryStore;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.services.dynamodb.DynamoDbAsyncClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;
import software.amazon.awssdk.services.dynamodb.model.TransactionCanceledException;

/** {@link DirectoryStore} in the table. */
public final class DynamoDbDirectoryStore implements DirectoryStore {

  private static final Logger log = LoggerFactory.getLogger(DynamoDbDirectoryStore.class);

  private final DynamoDbAsyncClient client;
  private final String table;
  private final StoreCalls calls;
  private final Reader reader;
  private final DirectoryLister lister;

  /**
   * @param client stays the caller's to close; see {@link DynamoDbClients}
   * @param timeout longest time for one operation, retries included
   */
  public DynamoDbDirectoryStore(DynamoDbAsyncClient client, String table, Duration timeout) {
    this.client = client;
    this.table = table;
    this.calls = new StoreCalls(timeout);
    this.reader = new Reader(client, table);
    this.lister = new DirectoryLister(new QueryPages(client), table);
  }

  @Override
  public CompletableFuture<DirectoryPage> list(DirectoryQuery query, CallScope scope) {
    return calls.run(scope, time -> lister.list(query, time));
  }

  @Override
  public CompletableFuture<List<Account>> named(List<AccountKey<?>> keys, CallScope scope) {
    return calls.run(
        scope,
        time ->
            reader
                .items(keys.stream().map(ItemKeys::of).toList(), time)
                .thenApply(items -> named(keys, items)));
  }

  private static List<Account> named(
      List<AccountKey<?>> keys, Map<Map<String, AttributeValue>, Item> items) {
    return keys.stream()
        .flatMap(
            key -> Stream.ofNullable(items.get(ItemKeys.of(key))).flatMap(i -> account(key, i)))
        .toList();
  }

  /** One item that was changed by hand must not keep a list from being read. */
  private static Stream<Account> account(AccountKey<?> key, Item item) {
    try {
      return Items.lookup(key, item).toOptional().<Account>map(found -> found).stream();
    } catch (IllegalStateException e) {
      log.warn("an item is not understood and left out of a list (which: see DEBUG)");
      log.debug("item not understood", e);
      return Stream.empty();
    }
  }

  /** One read for each, however many labels it has. */
  @Override
  public CompletableFuture<List<Account>> missing(Collection<Account> accounts, CallScope scope) {
    List<Map<String, AttributeValue>> names =
        accounts.stream().map(account -> DirectoryEntries.named(account.key())).toList();
    return calls.run(
        scope,
        time -> reader.items(names, time).thenApply(items -> missing(accounts, items.keySet())));
  }

  private static List<Account> missing(
      Collection<Account> accounts, Set<Map<String, AttributeValue>> present) {
    return accounts.stream()
        .filter(account -> !present.contains(DirectoryEntries.named(account.key())))
        .toList();
  }

  /** On the condition of the revision: what its entries are depends on what it is. */
  @Override
  public CompletableFuture<Boolean> enter(Account seen, CallScope scope) {
    return calls.run(
        scope,
        time ->
            client
                .transactWriteItems(write ->
                    write
                        .transactItems(Transaction.entering(table, seen))
                        .overrideConfiguration(o -> o.apiCallTimeout(time)))
                .thenApply(response -> true)
                .exceptionallyCompose(DynamoDbDirectoryStore::unlessChanged));
  }

  private static CompletableFuture<Boolean> unlessChanged(Throwable failure) {
    return StoreErrors.unwrapped(failure) instanceof TransactionCanceledException cancelled
            && Committer.isConditionFailed(cancelled.cancellationReasons().getFirst())
        ? CompletableFuture.completedFuture(false)
        : CompletableFuture.failedFuture(failure);
  }

  @Override
  public CompletableFuture<DirectoryRound> round(CallScope scope) {
    return calls.run(
        scope,
        time -> reader.item(DirectoryRoundItems.KEY, time).thenApply(DirectoryRoundItems::round));
  }

  @Override
  public CompletableFuture<Boolean> advance(
      DirectoryRound seen, DirectoryRound next, CallScope scope) {
    Expressions isAt = DirectoryRoundItems.isAt(seen);
    return calls.run(
        scope,
        time ->
            client
                .putItem(put ->
                    put.tableName(table)
                        .item(DirectoryRoundItems.item(next))
                        .conditionExpression(isAt.text())
                        .expressionAttributeNames(Expressions.orNone(isAt.names()))
                        .expressionAttributeValues(Expressions.orNone(isAt.values()))
                        .overrideConfiguration(o -> o.apiCallTimeout(time)))
                .thenApply(response -> true)
                .exceptionallyCompose(DynamoDbDirectoryStore::unlessMoved));
  }

  private static CompletableFuture<Boolean> unlessMoved(Throwable failure) {
    return StoreErrors.unwrapped(failure) instanceof ConditionalCheckFailedException
        ? CompletableFuture.completedFuture(false)
        : CompletableFuture.failedFuture(failure);
  }
}
