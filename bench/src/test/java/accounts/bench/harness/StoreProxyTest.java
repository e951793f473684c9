package accounts.bench.harness;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import accounts.bench.harness.StoreRule.Effect;
import accounts.local.AwsEnvironment;
import accounts.local.LocalDynamoDb;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.dynamodb.DynamoDbAsyncClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.ProvisionedThroughputExceededException;

final class StoreProxyTest {

  private static final String TABLE = "accounts";

  private final LocalDynamoDb dynamoDb = LocalDynamoDb.start();
  private final StoreProxy proxy = StoreProxy.open(dynamoDb.endpoint());
  private final DynamoDbAsyncClient client =
      DynamoDbAsyncClient.builder()
          .endpointOverride(proxy.endpoint())
          .region(Region.of(AwsEnvironment.REGION))
          .credentialsProvider(
              StaticCredentialsProvider.create(
                  AwsBasicCredentials.create(AwsEnvironment.KEY, AwsEnvironment.KEY)))
          .overrideConfiguration(o -> o.retryStrategy(b -> b.maxAttempts(1)))
          .build();

  @BeforeEach
  void createTable() {
    dynamoDb.createTable(TABLE);
  }

  @AfterEach
  void close() {
    client.close();
    proxy.close();
    dynamoDb.close();
  }

  @Test
  void request_passedOn_isCounted() {
    put("olivia");
    assertThat(isThere("olivia")).isTrue();
    assertThat(proxy.faults().requests()).containsEntry("PutItem", 1L).containsEntry("GetItem", 1L);
  }

  @Test
  void reads_atOnce_areCountedAsInFlight() {
    put("olivia");
    isThere("olivia");
    int oneByOne = proxy.faults().mostReads();
    CompletableFuture.allOf(
            IntStream.range(0, 20)
                .mapToObj(i -> CompletableFuture.runAsync(() -> isThere("olivia")))
                .toArray(CompletableFuture<?>[]::new))
        .join();

    assertThat(oneByOne).isEqualTo(1);
    assertThat(proxy.faults().mostReads()).isBetween(2, 20);
  }

  @Test
  void write_answerLost_isDoneAndItsOutcomeUnknown() {
    StoreFaults.Active rule = proxy.faults().add(StoreRule.of(Effect.LOSE_ANSWER));
    assertThatThrownBy(() -> put("olivia")).hasCauseInstanceOf(SdkClientException.class);
    proxy.faults().remove(rule);
    assertThat(isThere("olivia")).isTrue();
  }

  @Test
  void write_connectionCut_isNotDone() {
    StoreFaults.Active rule = proxy.faults().add(StoreRule.of(Effect.CUT).about("olivia"));
    assertThatThrownBy(() -> put("olivia")).hasCauseInstanceOf(SdkClientException.class);
    proxy.faults().remove(rule);
    assertThat(isThere("olivia")).isFalse();
  }

  @Test
  void read_throttled_failsAsFromDynamoDb() {
    StoreFaults.Active rule =
        proxy.faults().add(StoreRule.of(Effect.THROTTLE).operations("GetItem"));
    assertThatThrownBy(() -> isThere("olivia"))
        .hasCauseInstanceOf(ProvisionedThroughputExceededException.class);
    assertThat(rule.struck()).isEqualTo(1);
  }

  @Test
  void readsAtOnce_delayed_eachWaitsForItsOwnDelayOnly() {
    put("olivia");
    isThere("olivia");
    proxy
        .faults()
        .add(StoreRule.of(Effect.DELAY_ANSWER).delay(Duration.ofMillis(300), Duration.ZERO));
    long began = System.nanoTime();
    CompletableFuture.allOf(
            IntStream.range(0, 10)
                .mapToObj(i -> client.getItem(get -> get.tableName(TABLE).key(key("olivia"))))
                .toArray(CompletableFuture<?>[]::new))
        .join();

    assertThat(Duration.ofNanos(System.nanoTime() - began))
        .isBetween(Duration.ofMillis(300), Duration.ofMillis(2900));
  }

  private void put(String name) {
    client.putItem(put -> put.tableName(TABLE).item(key(name))).join();
  }

  private boolean isThere(String name) {
    return client.getItem(get -> get.tableName(TABLE).key(key(name))).join().hasItem();
  }

  private static Map<String, AttributeValue> key(String name) {
    return Map.of("PK", AttributeValue.fromS(name), "SK", AttributeValue.fromS(name));
  }
}
