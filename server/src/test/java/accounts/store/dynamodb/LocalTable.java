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
import software.amazon.awssdk.http.async.SdkAsyncHttpClient;
import software.amazon.awssdk.http.nio.netty.NettyNioAsyncHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.dynamodb.DynamoDbAsyncClient;
import software.amazon.awssdk.services.dynamodb.DynamoDbAsyncClientBuilder;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** A fresh table of Accounts, as a rule in a DynamoDB Local of its own. */
public final class LocalTable implements AutoCloseable {

  /** Of all clients, and ends with this JVM: to close one takes seconds. */
  private static final SdkAsyncHttpClient HTTP = NettyNioAsyncHttpClient.create();

  static final Duration RETENTION = Duration.ofDays(400);

  final String name = "accounts-" + UUID.randomUUID();
  private final LocalDynamoDb server;
  private final DynamoDbAsyncClient client;

  public LocalTable() {
    this(LocalDynamoDb.start());
  }

  /** Creates a table beside others. */
  LocalTable(LocalDynamoDb server) {
    this.server = server;
    this.client = client(server.endpoint());
    server.createTable(name);
  }

  /** Returns a client of the table; nobody else closes it. */
  DynamoDbAsyncClient client() {
    return client;
  }

  /** Starts a client of what listens at {@code endpoint}, which is cheap to close. */
  public static DynamoDbAsyncClient client(URI endpoint) {
    return clientOf(endpoint).httpClient(HTTP).build();
  }

  /** Returns the beginning of a client of what listens at {@code endpoint}. */
  static DynamoDbAsyncClientBuilder clientOf(URI endpoint) {
    return DynamoDbAsyncClient.builder()
        .endpointOverride(endpoint)
        .region(Region.of(AwsEnvironment.REGION))
        .credentialsProvider(
            StaticCredentialsProvider.create(
                AwsBasicCredentials.create(AwsEnvironment.KEY, AwsEnvironment.KEY)));
  }

  /** Returns a store on this table. */
  public DynamoDbAccountStore store(InstantSource clock) {
    return new DynamoDbAccountStore(client, name, Duration.ofSeconds(20), RETENTION, clock);
  }

  Map<String, AttributeValue> item(String partition, String sort) {
    return client
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
    client
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
    client.putItem(put -> put.tableName(name).item(item)).join();
  }

  void delete(String partition, String sort) {
    client.deleteItem(delete -> delete.tableName(name).key(ItemKeys.key(partition, sort))).join();
  }

  /** Stops the DynamoDB Local, with all tables in it. */
  @Override
  public void close() {
    client.close();
    server.close();
  }
}
