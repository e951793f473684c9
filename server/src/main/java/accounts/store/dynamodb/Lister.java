package accounts.store.dynamodb;

import accounts.domain.Membership;
import accounts.domain.Role;
import accounts.store.MembershipPage;
import accounts.store.MembershipQuery;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import software.amazon.awssdk.services.dynamodb.DynamoDbAsyncClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.QueryRequest;
import software.amazon.awssdk.services.dynamodb.model.QueryResponse;

/** Consistent, keyset-paged lists of memberships. */
final class Lister {

  /**
   * Items read by a query beyond those wanted, since tombstones of removed members are among them.
   */
  private static final int SLACK = 50;

  private final DynamoDbAsyncClient client;
  private final String table;

  Lister(DynamoDbAsyncClient client, String table) {
    this.client = client;
    this.table = table;
  }

  CompletableFuture<MembershipPage> list(MembershipQuery query, Duration time) {
    CompletableFuture<MembershipPage> page = new CompletableFuture<>();
    collect(request(query, time), query.limit(), new ArrayList<>(), page);
    return page;
  }

  /**
   * Queries until it has one item more than the page, which shows that there are more, or
   * everything was read, or the caller is gone.
   */
  private void collect(
      QueryRequest request,
      int limit,
      List<Membership> found,
      CompletableFuture<MembershipPage> page) {
    var unused =
        client
            .query(request)
            .thenAccept(response -> {
              response.items().forEach(item -> found.add(Items.membership(new Item(item))));
              if (found.size() > limit) {
                page.complete(new MembershipPage(List.copyOf(found.subList(0, limit)), true));
              } else if (response.lastEvaluatedKey().isEmpty()) {
                page.complete(new MembershipPage(List.copyOf(found), false));
              } else if (!page.isDone()) {
                collect(after(request, response), limit, found, page);
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

  private QueryRequest request(MembershipQuery query, Duration time) {
    QueryRequest.Builder request =
        QueryRequest.builder()
            .tableName(table)
            .consistentRead(true)
            .keyConditionExpression(ItemKeys.PK + " = :partition")
            .limit(query.limit() + SLACK)
            .overrideConfiguration(o -> o.apiCallTimeout(time));
    return switch (query) {
      case MembershipQuery.OfOrganization q -> ofOrganization(request, q).build();
      case MembershipQuery.OfUser q -> ofUser(request, q).build();
    };
  }

  private static QueryRequest.Builder ofOrganization(
      QueryRequest.Builder request, MembershipQuery.OfOrganization query) {
    String partition = ItemKeys.membersOf(query.organization());
    query
        .after()
        .map(ItemKeys::memberSortKey)
        .ifPresent(sort -> request.exclusiveStartKey(ItemKeys.key(partition, sort)));
    filter(request, query.role(), partition);
    return request;
  }

  private static void filter(QueryRequest.Builder request, Optional<Role> role, String partition) {
    Map<String, AttributeValue> values = new HashMap<>();
    values.put(":partition", Items.text(partition));
    String filter = "attribute_not_exists(" + Items.REMOVED + ")";
    if (role.isPresent()) {
      values.put(":role", Items.text(role.get().name()));
      request.expressionAttributeNames(Map.of("#role", Items.ROLE));
      filter += " AND #role = :role";
    }
    request.filterExpression(filter).expressionAttributeValues(values);
  }

  private static QueryRequest.Builder ofUser(
      QueryRequest.Builder request, MembershipQuery.OfUser query) {
    String partition = ItemKeys.membershipsOf(query.username());
    query
        .after()
        .map(ItemKeys::organizationSortKey)
        .ifPresent(sort -> request.exclusiveStartKey(ItemKeys.key(partition, sort)));
    return request.expressionAttributeValues(Map.of(":partition", Items.text(partition)));
  }
}
