package accounts.server;

import static org.assertj.core.api.Assertions.assertThat;

import accounts.v1.GetUserResponse;
import accounts.v1.Source;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import software.amazon.awssdk.services.dynamodb.DynamoDbAsyncClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** Out-of-band changes: made in the table, not through the service. */
@Timeout(120)
final class RepairTest {

  private static final Duration LIMIT = Duration.ofSeconds(5);
  private static final Map<String, String> SETTINGS = Map.of("ACCOUNTS_REPAIR", "true");

  @AutoClose private final TestBackends backends = new TestBackends();
  @AutoClose private final TestService one = backends.start(SETTINGS);
  @AutoClose private final TestService two = backends.start(SETTINGS);
  private final DynamoDbAsyncClient table = backends.client();

  @Test
  void changeInTheTable_cachedEverywhere_isSeenByFreshReadsInTime() {
    String name = one.newUser();
    awaitRepair(name);
    List.of(one, two).forEach(service -> await(service, name, RepairTest::isCached));

    long changed = rename(name, "Edited");

    List.of(one, two)
        .forEach(service ->
            await(service, name, answer -> answer.getUser().getLastName().equals("Edited")));
    assertThat(Duration.ofNanos(System.nanoTime() - changed)).isLessThan(LIMIT);
  }

  private static boolean isCached(GetUserResponse answer) {
    return answer.getSource() == Source.SOURCE_CACHE;
  }

  /** The servers need a moment to find the stream: until then changes are before their time. */
  private void awaitRepair(String name) {
    for (int i = 0; !seen(name, "Probe" + i, Duration.ofMillis(500)); i++) {
      assertThat(i).as("probes").isLessThan(100);
    }
  }

  private boolean seen(String name, String probe, Duration time) {
    await(one, name, RepairTest::isCached);
    long end = rename(name, probe) + time.toNanos();
    boolean seen = false;
    while (!seen && System.nanoTime() - end < 0) {
      seen = one.getUser(name).getUser().getLastName().equals(probe);
    }
    return seen;
  }

  /** Returns when DynamoDB had done it. */
  private long rename(String name, String lastName) {
    String key = "USER#" + name;
    table
        .updateItem(update ->
            update
                .tableName(backends.table())
                .key(Map.of("PK", AttributeValue.fromS(key), "SK", AttributeValue.fromS(key)))
                .updateExpression("SET lastName = :name ADD revision :one")
                .expressionAttributeValues(
                    Map.of(
                        ":name", AttributeValue.fromS(lastName),
                        ":one", AttributeValue.fromN("1"))))
        .join();
    return System.nanoTime();
  }

  private static void await(
      TestService service, String name, Predicate<GetUserResponse> condition) {
    var unused = Eventually.get(() -> service.getUser(name), condition);
  }
}
