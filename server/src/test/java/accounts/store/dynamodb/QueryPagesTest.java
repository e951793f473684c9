package accounts.store.dynamodb;

import static accounts.domain.Samples.organizationName;
import static org.assertj.core.api.Assertions.assertThat;

import accounts.async.CallScope;
import accounts.store.MembershipPage;
import accounts.store.MembershipQuery;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.dynamodb.DynamoDbAsyncClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.QueryRequest;
import software.amazon.awssdk.services.dynamodb.model.QueryResponse;

/** Lists of which DynamoDB's filter leaves nearly everything out. */
final class QueryPagesTest {

  private final Queries queries = new Queries();
  private final CallScope scope = CallScope.of(Duration.ofSeconds(20));

  @Test
  void list_allLeftOut_readsMoreEachTime() {
    CompletableFuture<MembershipPage> page = list();

    queries.answer(true);
    queries.answer(true);
    queries.answer(false);

    assertThat(page).isCompletedWithValue(new MembershipPage(List.of(), false));
    assertThat(queries.asked).extracting(QueryRequest::limit).containsExactly(60, 240, 960);
  }

  // Once, each list that was given up went on to the end of its partition.
  @Test
  void list_callerGone_queriesNoMore() {
    CompletableFuture<MembershipPage> page = list();

    scope.cancel();
    queries.answer(true);

    assertThat(page).isCompletedExceptionally();
    assertThat(queries.asked).hasSize(1);
  }

  private CompletableFuture<MembershipPage> list() {
    return new DynamoDbAccountStore(
            queries, "accounts", Duration.ofSeconds(20), Duration.ofDays(1), Clock.systemUTC())
        .list(
            new MembershipQuery.OfOrganization(
                organizationName("org"), Optional.empty(), Optional.empty(), 10),
            scope);
  }

  /** A client whose queries are answered one after the other. */
  private static final class Queries implements DynamoDbAsyncClient {

    final List<QueryRequest> asked = new ArrayList<>();
    private CompletableFuture<QueryResponse> last = new CompletableFuture<>();

    @Override
    public CompletableFuture<QueryResponse> query(QueryRequest request) {
      asked.add(request);
      last = new CompletableFuture<>();
      return last;
    }

    /** Answers the last query with nothing. */
    void answer(boolean more) {
      QueryResponse.Builder nothing = QueryResponse.builder();
      if (more) {
        nothing.lastEvaluatedKey(Map.of("PK", AttributeValue.fromS("x")));
      }
      last.complete(nothing.build());
    }

    @Override
    public String serviceName() {
      return "dynamodb";
    }

    @Override
    public void close() {}
  }
}
