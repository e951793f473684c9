package accounts.store.dynamodb;

import accounts.async.CallScope;
import accounts.domain.EntityKey.MembershipKey;
import accounts.domain.Invitation;
import accounts.store.InvitationPage;
import accounts.store.InvitationQuery;
import accounts.store.InvitationStore;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import software.amazon.awssdk.services.dynamodb.DynamoDbAsyncClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.QueryRequest;

/** {@link InvitationStore} in the table. */
public final class DynamoDbInvitationStore implements InvitationStore {

  private final String table;
  private final StoreCalls calls;
  private final Reader reader;
  private final QueryPages pages;

  /**
   * @param client stays the caller's to close; see {@link DynamoDbClients}
   * @param timeout longest time for one operation, retries included
   */
  public DynamoDbInvitationStore(DynamoDbAsyncClient client, String table, Duration timeout) {
    this.table = table;
    this.calls = new StoreCalls(timeout);
    this.reader = new Reader(client, table);
    this.pages = new QueryPages(client);
  }

  @Override
  public CompletableFuture<Optional<Invitation>> find(MembershipKey key, CallScope scope) {
    return calls.run(
        scope,
        time ->
            reader
                .item(ItemKeys.invitationOf(key), time)
                .thenApply(item ->
                    Optional.of(item).filter(Item::isPresent).map(InvitationItems::invitation)));
  }

  @Override
  public CompletableFuture<InvitationPage> list(
      InvitationQuery query, Instant created, Instant now, CallScope scope) {
    return calls.run(
        scope,
        time ->
            pages.read(
                request(query, created, now, time),
                query.limit(),
                InvitationItems::invitation,
                InvitationPage::new));
  }

  private QueryRequest request(InvitationQuery query, Instant created, Instant now, Duration time) {
    return switch (query) {
      case InvitationQuery.OfOrganization q ->
          request(
              ItemKeys.invitationsTo(q.organization()),
              q.after().map(ItemKeys::invitedSortKey),
              open(InvitationItems.ORGANIZATION_CREATED, created, now),
              time);
      case InvitationQuery.OfUser q ->
          request(
              ItemKeys.invitationsOf(q.username()),
              q.after().map(ItemKeys::organizationSortKey),
              open(InvitationItems.USER_CREATED, created, now),
              time);
    };
  }

  /** DynamoDB deletes expired items within days, and answers with them until then. */
  private static Expressions open(String attribute, Instant created, Instant now) {
    return new Expressions(
        "%s > :now AND %s = :created".formatted(InvitationItems.EXPIRE_TIME, attribute),
        Map.of(),
        Map.of(
            ":now", Items.text(Items.TIME.format(now)),
            ":created", Items.text(Items.TIME.format(created))));
  }

  private QueryRequest request(
      String partition, Optional<String> after, Expressions filter, Duration time) {
    Map<String, AttributeValue> values = new HashMap<>(filter.values());
    values.put(":partition", Items.text(partition));
    QueryRequest.Builder request =
        QueryRequest.builder()
            .tableName(table)
            .consistentRead(true)
            .keyConditionExpression(ItemKeys.PK + " = :partition")
            .filterExpression(filter.text())
            .expressionAttributeValues(values)
            .overrideConfiguration(o -> o.apiCallTimeout(time));
    after.ifPresent(sort -> request.exclusiveStartKey(ItemKeys.key(partition, sort)));
    return request.build();
  }
}
