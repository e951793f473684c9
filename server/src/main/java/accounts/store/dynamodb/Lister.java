package accounts.store.dynamodb;

import accounts.domain.Role;
import accounts.store.MembershipPage;
import accounts.store.MembershipQuery;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.QueryRequest;

/** Consistent, keyset-paged lists of memberships. */
final class Lister {

  private final QueryPages pages;
  private final String table;

  Lister(QueryPages pages, String table) {
    this.pages = pages;
    this.table = table;
  }

  CompletableFuture<MembershipPage> list(MembershipQuery query, Duration time) {
    return pages.read(request(query, time), query.limit(), Items::membership, MembershipPage::new);
  }

  private QueryRequest request(MembershipQuery query, Duration time) {
    QueryRequest.Builder request =
        QueryRequest.builder()
            .tableName(table)
            .consistentRead(true)
            .keyConditionExpression(ItemKeys.PK + " = :partition")
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
