package accounts.store.dynamodb;

import accounts.store.AuditPage;
import accounts.store.AuditPosition;
import accounts.store.AuditQuery;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.QueryRequest;

/** Consistent, keyset-paged lists of trails. */
final class AuditLister {

  private final QueryPages pages;
  private final String table;
  private final InstantSource clock;

  AuditLister(QueryPages pages, String table, InstantSource clock) {
    this.pages = pages;
    this.table = table;
    this.clock = clock;
  }

  CompletableFuture<AuditPage> list(AuditQuery query, Duration time) {
    QueryRequest request =
        switch (query) {
          case AuditQuery.OfOrganization q ->
              request(ItemKeys.trailOf(q.organization()), q.after(), time);
          case AuditQuery.OfUser q -> request(ItemKeys.trailOf(q.username()), q.after(), time);
        };
    return pages.read(request, query.limit(), AuditItems::entry, AuditPage::new);
  }

  /** DynamoDB deletes expired items within days, and answers with them until then. */
  private QueryRequest request(String trail, Optional<AuditPosition> after, Duration time) {
    QueryRequest.Builder request =
        QueryRequest.builder()
            .tableName(table)
            .consistentRead(true)
            .keyConditionExpression(ItemKeys.PK + " = :trail")
            .filterExpression(Items.EXPIRES + " > :now")
            .expressionAttributeValues(
                Map.of(
                    ":trail", Items.text(trail),
                    ":now", Items.number(clock.instant().getEpochSecond())))
            .overrideConfiguration(o -> o.apiCallTimeout(time));
    after.ifPresent(position -> request.exclusiveStartKey(key(trail, position)));
    return request.build();
  }

  private static Map<String, AttributeValue> key(String trail, AuditPosition position) {
    return ItemKeys.entriesOf(position).stream()
        .filter(key -> Items.text(trail).equals(key.get(ItemKeys.PK)))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException(position + " is not of " + trail));
  }
}
