package accounts.store.dynamodb;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.BiFunction;
import java.util.function.Function;
import software.amazon.awssdk.services.dynamodb.DynamoDbAsyncClient;
import software.amazon.awssdk.services.dynamodb.model.QueryRequest;
import software.amazon.awssdk.services.dynamodb.model.QueryResponse;

/** Reads pages of one partition each, full ones whatever a filter leaves out. */
final class QueryPages {

  /**
   * Items read by the first query beyond those wanted, since some that are left out are among them:
   * removed members, expired entries.
   */
  private static final int SLACK = 50;

  /** Where that was not enough, many are left out: the next query reads so many times as many. */
  private static final int GROWTH = 4;

  /** More than DynamoDB reads at once. */
  private static final int MOST = 1 << 20;

  private final DynamoDbAsyncClient client;

  QueryPages(DynamoDbAsyncClient client) {
    this.client = client;
  }

  /**
   * Reads a page. No query begins any more when what is returned is cancelled.
   *
   * @param query without a limit
   * @param limit how many rows it has at most
   * @param page makes it from its rows, and whether there are more after the last of them
   */
  <T, P> CompletableFuture<P> read(
      QueryRequest query, int limit, Function<Item, T> row, BiFunction<List<T>, Boolean, P> page) {
    return readSome(query, limit, item -> Optional.of(row.apply(item)), page);
  }

  /** As {@link #read}, without the items that have no row. */
  <T, P> CompletableFuture<P> readSome(
      QueryRequest query,
      int limit,
      Function<Item, Optional<T>> row,
      BiFunction<List<T>, Boolean, P> page) {
    Reading<T, P> reading = new Reading<>(limit, row, page);
    reading.query(query.toBuilder().limit(limit + SLACK).build());
    return reading.result;
  }

  /** A page that is being read. */
  private final class Reading<T, P> {

    private final int limit;
    private final Function<Item, Optional<T>> row;
    private final BiFunction<List<T>, Boolean, P> page;
    private final List<T> found = new ArrayList<>();
    private final CompletableFuture<P> result = new CompletableFuture<>();

    Reading(int limit, Function<Item, Optional<T>> row, BiFunction<List<T>, Boolean, P> page) {
      this.limit = limit;
      this.row = row;
      this.page = page;
    }

    /**
     * Queries until it has one item more than the page, which shows that there are more, or
     * everything was read, or nobody waits any more.
     */
    void query(QueryRequest request) {
      var unused =
          client
              .query(request)
              .thenAccept(response -> took(request, response))
              .exceptionally(failure -> {
                result.completeExceptionally(failure);
                return null;
              });
    }

    private void took(QueryRequest request, QueryResponse response) {
      response.items().forEach(item -> row.apply(new Item(item)).ifPresent(found::add));
      if (found.size() > limit) {
        result.complete(page.apply(List.copyOf(found.subList(0, limit)), true));
      } else if (response.lastEvaluatedKey().isEmpty()) {
        result.complete(page.apply(List.copyOf(found), false));
      } else if (!result.isDone()) {
        query(
            request.toBuilder()
                .exclusiveStartKey(response.lastEvaluatedKey())
                .limit(Math.min(request.limit() * GROWTH, MOST))
                .build());
      }
    }
  }
}
