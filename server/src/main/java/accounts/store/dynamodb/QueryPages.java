package accounts.store.dynamodb;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import software.amazon.awssdk.services.dynamodb.DynamoDbAsyncClient;
import software.amazon.awssdk.services.dynamodb.model.QueryRequest;
import software.amazon.awssdk.services.dynamodb.model.QueryResponse;

/** Reads pages of one partition each, full ones whatever a filter leaves out. */
final class QueryPages {

  /**
   * Items read by a query beyond those wanted, since some that are left out are among them: removed
   * members, expired entries.
   */
  private static final int SLACK = 50;

  private final DynamoDbAsyncClient client;

  QueryPages(DynamoDbAsyncClient client) {
    this.client = client;
  }

  /**
   * A page.
   *
   * @param more whether there are more after the last of these
   */
  record Page<T>(List<T> rows, boolean more) {}

  /**
   * Reads a page.
   *
   * @param query without a limit
   * @param limit how many rows it has at most
   */
  <T> CompletableFuture<Page<T>> read(QueryRequest query, int limit, Function<Item, T> row) {
    return readSome(query, limit, item -> Optional.of(row.apply(item)));
  }

  /** As {@link #read}, without the items that have no row. */
  <T> CompletableFuture<Page<T>> readSome(
      QueryRequest query, int limit, Function<Item, Optional<T>> row) {
    CompletableFuture<Page<T>> page = new CompletableFuture<>();
    collect(query.toBuilder().limit(limit + SLACK).build(), limit, row, new ArrayList<>(), page);
    return page;
  }

  /**
   * Queries until it has one item more than the page, which shows that there are more, or
   * everything was read, or the caller is gone.
   */
  private <T> void collect(
      QueryRequest request,
      int limit,
      Function<Item, Optional<T>> row,
      List<T> found,
      CompletableFuture<Page<T>> page) {
    var unused =
        client
            .query(request)
            .thenAccept(response -> {
              response.items().forEach(item -> row.apply(new Item(item)).ifPresent(found::add));
              if (found.size() > limit) {
                page.complete(new Page<>(List.copyOf(found.subList(0, limit)), true));
              } else if (response.lastEvaluatedKey().isEmpty()) {
                page.complete(new Page<>(List.copyOf(found), false));
              } else if (!page.isDone()) {
                collect(after(request, response), limit, row, found, page);
              }
            })
            .exceptionally(failure -> {
              page.completeExceptionally(failure);
              return null;
            });
  }

  private static QueryRequest after(QueryRequest request, QueryResponse response) {
    return request.toBuilder().exclusiveStartKey(response.lastEvaluatedKey()).build();
  }
}
