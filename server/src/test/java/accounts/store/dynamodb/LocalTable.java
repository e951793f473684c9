package accounts.store.dynamodb;

import accounts.local.AwsEnvironment;
import accounts.local.LocalDynamoDb;
import java.net.URI;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.UUID;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.dynamodb.DynamoDbAsyncClient;
import software.amazon.awssdk.services.dynamodb.DynamoDbAsyncClientBuilder;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * A fresh table of Accounts in a DynamoDB Local that all tests of this JVM share, and that ends
 * with it.
 */
public final class LocalTable {

  private static final LocalDynamoDb SERVER = LocalDynamoDb.start();
  private static final DynamoDbAsyncClient CLIENT = clientOf(SERVER.endpoint()).build();

  static final Duration RETENTION = Duration.ofDays(400);

  final String name = "accounts-" + UUID.randomUUID();

  public LocalTable() {
    SERVER.createTable(name);
  }

  /** Returns a client of the DynamoDB Local; nobody closes it. */
  static DynamoDbAsyncClient client() {
    return CLIENT;
  }

  /** Starts a client of what listens at {@code endpoint}. */
  static DynamoDbAsyncClientBuilder clientOf(URI endpoint) {
    return clientOf(DynamoDbAsyncClient.builder(), endpoint);
  }

  /** Points a builder at the DynamoDB Local. */
  static DynamoDbAsyncClientBuilder client(DynamoDbAsyncClientBuilder builder) {
    return clientOf(builder, SERVER.endpoint());
  }

  private static DynamoDbAsyncClientBuilder clientOf(
      DynamoDbAsyncClientBuilder builder, URI endpoint) {
    return builder
        .endpointOverride(endpoint)
        .region(Region.of(AwsEnvironment.REGION))
        .credentialsProvider(
            StaticCredentialsProvider.create(
                AwsBasicCredentials.create(AwsEnvironment.KEY, AwsEnvironment.KEY)));
  }

  /** Returns a store on this table. */
  public DynamoDbAccountStore store(InstantSource clock) {
    return new DynamoDbAccountStore(CLIENT, name, Duration.ofSeconds(20), RETENTION, clock);
  }

  Map<String, AttributeValue> item(String partition, String sort) {
    return CLIENT
        .getItem(get -> get.tableName(name).key(ItemKeys.key(partition, sort)).consistentRead(true))
        .join()
        .item();
  }

  /** Updates the item whose partition and sort key are the same text. */
  void update(
      String key,
      String expression,
      Map<String, String> names,
      Map<String, AttributeValue> values) {
    CLIENT
        .updateItem(update ->
            update
                .tableName(name)
                .key(ItemKeys.key(key, key))
                .updateExpression(expression)
                .expressionAttributeNames(names)
                .expressionAttributeValues(values))
        .join();
  }

  void put(Map<String, AttributeValue> item) {
    CLIENT.putItem(put -> put.tableName(name).item(item)).join();
  }

  void delete(String partition, String sort) {
    CLIENT.deleteItem(delete -> delete.tableName(name).key(ItemKeys.key(partition, sort))).join();
  }
}
