package accounts.store.dynamodb;

import accounts.async.CallScope;
import accounts.store.FleetState;
import accounts.store.FleetStateStore;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import software.amazon.awssdk.services.dynamodb.DynamoDbAsyncClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.Put;
import software.amazon.awssdk.services.dynamodb.model.TransactGetItem;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;
import software.amazon.awssdk.services.dynamodb.model.TransactionCanceledException;
import software.amazon.awssdk.services.dynamodb.model.Update;

/**
 * {@link FleetStateStore} in the table: one item for each copy, all of them changed by one
 * transaction. An instance reads the same copy all its life.
 */
public final class DynamoDbFleetStateStore implements FleetStateStore {

  /** As many items as a transaction may have. */
  private static final int MOST_COPIES = 100;

  /**
   * DynamoDB takes expressions of at most 4 KB and 300 operators; a shard takes two operators of
   * the condition.
   */
  private static final int SHARDS_AT_ONCE = 100;

  /**
   * Epochs are raised by random amounts below this, so that a raise after the item was set back
   * does not come by a number that was there before.
   */
  private static final long MOST_AMOUNT = 1 << 20;

  private final DynamoDbAsyncClient client;
  private final String table;
  private final int copies;
  private final int own;
  private final StoreCalls calls;

  /**
   * @param client stays the caller's to close; see {@link DynamoDbClients#createForEpochs}
   * @param copies from 1 to 100, the same for all instances
   * @param instance names this instance, at random; decides which copy it reads
   * @param timeout longest time for one operation, retries included
   */
  public DynamoDbFleetStateStore(
      DynamoDbAsyncClient client, String table, int copies, UUID instance, Duration timeout) {
    if (copies < 1 || copies > MOST_COPIES) {
      throw new IllegalArgumentException(
          "copies: %d (expected: 1-%d)".formatted(copies, MOST_COPIES));
    }
    this.client = client;
    this.table = table;
    this.copies = copies;
    this.own = Math.floorMod(instance.hashCode(), copies);
    this.calls = new StoreCalls(timeout);
  }

  @Override
  public CompletableFuture<Found> read(CallScope scope) {
    return calls.run(scope, time -> get(own, time).thenCompose(found -> checked(found, time)));
  }

  /**
   * Where the fleet has fewer copies than this instance wants, the instance's own one may be
   * missing. That must be reported as a difference of settings, not as damage.
   */
  private CompletableFuture<Found> checked(Found found, Duration time) {
    return own == 0 || found.state().isPresent()
        ? CompletableFuture.completedFuture(found)
        : get(0, time).thenApply(first -> hasOtherCopies(first) ? first : found);
  }

  private boolean hasOtherCopies(Found found) {
    return found.state().filter(state -> state.settings().copies() != copies).isPresent();
  }

  private CompletableFuture<Found> get(int copy, Duration time) {
    return client
        .getItem(get ->
            get.tableName(table)
                .key(FleetItem.key(copy))
                .consistentRead(true)
                .overrideConfiguration(o -> o.apiCallTimeout(time)))
        .thenApply(response -> FleetItem.found(new Item(response.item())));
  }

  @Override
  public CompletableFuture<Found> readAll(CallScope scope) {
    return copies == 1
        ? read(scope)
        : calls.run(scope, time -> getAll(time).thenApply(this::agreed));
  }

  /**
   * One item is consistent by itself; several must be read in a transaction, so that no half of
   * another one is seen.
   */
  private CompletableFuture<List<Found>> getAll(Duration time) {
    List<TransactGetItem> items =
        IntStream.range(0, copies)
            .mapToObj(copy ->
                TransactGetItem.builder()
                    .get(get -> get.tableName(table).key(FleetItem.key(copy)))
                    .build())
            .toList();
    return client
        .transactGetItems(
            get -> get.transactItems(items).overrideConfiguration(o -> o.apiCallTimeout(time)))
        .thenApply(response ->
            response.responses().stream()
                .map(answer -> FleetItem.found(new Item(answer.item())))
                .toList());
  }

  private Found agreed(List<Found> all) {
    if (hasOtherCopies(all.getFirst())) {
      return all.getFirst();
    }
    Found mine = all.get(own);
    return all.stream().allMatch(mine::equals)
        ? mine
        : new Found(mine.incarnation(), Optional.empty());
  }

  /**
   * The condition is on this instance's copy only: others may have been damaged, and all copies are
   * replaced together.
   */
  @Override
  public CompletableFuture<Boolean> replace(
      Optional<String> expected, FleetState next, CallScope scope) {
    List<TransactWriteItem> items = new ArrayList<>();
    for (int copy = 0; copy < copies; copy++) {
      Put.Builder put = Put.builder().tableName(table).item(FleetItem.item(copy, next));
      if (copy == own) {
        addCondition(put, expected);
      }
      items.add(TransactWriteItem.builder().put(put.build()).build());
    }
    return calls.run(scope, time -> write(items, time));
  }

  private static void addCondition(Put.Builder put, Optional<String> expected) {
    put.expressionAttributeNames(Map.of("#i", FleetItem.INCARNATION));
    if (expected.isPresent()) {
      put.conditionExpression("#i = :i")
          .expressionAttributeValues(Map.of(":i", Items.text(expected.get())));
    } else {
      put.conditionExpression("attribute_not_exists(#i) OR NOT attribute_type(#i, :string)")
          .expressionAttributeValues(Map.of(":string", Items.text("S")));
    }
  }

  @Override
  public CompletableFuture<Boolean> raise(FleetState seen, Set<Integer> shards, CallScope scope) {
    List<Integer> all = shards.stream().sorted().toList();
    return calls.run(
        scope,
        time -> {
          CompletableFuture<Boolean> raised = CompletableFuture.completedFuture(true);
          for (int from = 0; from < all.size(); from += SHARDS_AT_ONCE) {
            List<Integer> part = all.subList(from, Math.min(all.size(), from + SHARDS_AT_ONCE));
            raised =
                raised.thenCompose(soFar ->
                    soFar
                        ? write(raisedCopies(seen, part), time)
                        : CompletableFuture.completedFuture(false));
          }
          return raised;
        });
  }

  private List<TransactWriteItem> raisedCopies(FleetState seen, List<Integer> shards) {
    Expressions raise = raise(seen, shards);
    String condition =
        shards.stream()
            .map(shard -> "#%1$s=:%1$s".formatted(FleetItem.epoch(shard)))
            .collect(Collectors.joining(" AND ", "#i=:i AND ", ""));
    return IntStream.range(0, copies)
        .mapToObj(copy ->
            Update.builder()
                .tableName(table)
                .key(FleetItem.key(copy))
                .updateExpression(raise.text())
                .conditionExpression(condition)
                .expressionAttributeNames(raise.names())
                .expressionAttributeValues(raise.values())
                .build())
        .map(update -> TransactWriteItem.builder().update(update).build())
        .toList();
  }

  /** The condition uses the same names and values. */
  private static Expressions raise(FleetState seen, List<Integer> shards) {
    Map<String, String> names =
        shards.stream()
            .collect(Collectors.toMap(shard -> "#" + FleetItem.epoch(shard), FleetItem::epoch));
    Map<String, AttributeValue> values =
        shards.stream()
            .collect(
                Collectors.toMap(
                    shard -> ":" + FleetItem.epoch(shard),
                    shard -> Items.number(seen.epochs().values().get(shard))));
    names.put("#i", FleetItem.INCARNATION);
    values.put(":i", Items.text(seen.incarnation()));
    values.put(":amount", Items.number(ThreadLocalRandom.current().nextLong(1, MOST_AMOUNT)));
    String text =
        shards.stream()
            .map(shard -> "#" + FleetItem.epoch(shard) + " :amount")
            .collect(Collectors.joining(", ", "ADD ", ""));
    return new Expressions(text, names, values);
  }

  /** Returns whether the conditions of all items were met. */
  private CompletableFuture<Boolean> write(List<TransactWriteItem> items, Duration time) {
    // The token makes the SDK's own retries of this call harmless: DynamoDB knows them by it.
    String token = UUID.randomUUID().toString();
    return client
        .transactWriteItems(write ->
            write
                .transactItems(items)
                .clientRequestToken(token)
                .overrideConfiguration(o -> o.apiCallTimeout(time)))
        .thenApply(response -> true)
        .exceptionallyCompose(failure ->
            isUnmet(failure)
                ? CompletableFuture.completedFuture(false)
                : CompletableFuture.failedFuture(failure));
  }

  /**
   * A condition that failed next to a conflict may have seen the unfinished work of the other
   * transaction.
   */
  private static boolean isUnmet(Throwable failure) {
    return StoreErrors.unwrapped(failure) instanceof TransactionCanceledException cancelled
        && !StoreErrors.isContended(cancelled)
        && cancelled.cancellationReasons().stream()
            .anyMatch(reason -> "ConditionalCheckFailed".equals(reason.code()));
  }
}
