package accounts.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.BillingMode;
import software.amazon.awssdk.services.dynamodb.model.KeySchemaElement;
import software.amazon.awssdk.services.dynamodb.model.StreamViewType;
import software.amazon.awssdk.services.dynamodb.model.TableDescription;
import software.amazon.awssdk.services.dynamodb.model.TimeToLiveDescription;

final class LocalDynamoDbTest {

  private final LocalDynamoDb dynamoDb = LocalDynamoDb.start();

  @AfterEach
  void close() {
    dynamoDb.close();
  }

  @Test
  void createTable_twice_makesTheTableOfAccounts() {
    dynamoDb.createTable("accounts");
    dynamoDb.createTable("accounts");

    try (DynamoDbClient client = client()) {
      TableDescription table = client.describeTable(r -> r.tableName("accounts")).table();
      assertThat(table.keySchema())
          .extracting(KeySchemaElement::attributeName)
          .containsExactly("PK", "SK");
      assertThat(table.billingModeSummary().billingMode()).isEqualTo(BillingMode.PAY_PER_REQUEST);
      assertThat(table.streamSpecification().streamViewType())
          .isEqualTo(StreamViewType.NEW_AND_OLD_IMAGES);
      assertThat(ttl(client).attributeName()).isEqualTo("expires");
    }
  }

  @Test
  void start_takenPort_namesIt() {
    int port = dynamoDb.endpoint().getPort();

    assertThatThrownBy(() -> LocalDynamoDb.start(port))
        .isInstanceOf(PortTakenException.class)
        .hasMessageContaining(String.valueOf(port));
  }

  private static TimeToLiveDescription ttl(DynamoDbClient client) {
    return client.describeTimeToLive(r -> r.tableName("accounts")).timeToLiveDescription();
  }

  private DynamoDbClient client() {
    return DynamoDbClient.builder()
        .endpointOverride(dynamoDb.endpoint())
        .region(Region.of(AwsEnvironment.REGION))
        .credentialsProvider(
            StaticCredentialsProvider.create(
                AwsBasicCredentials.create(AwsEnvironment.KEY, AwsEnvironment.KEY)))
        .build();
  }
}
