package accounts.bench.harness;

import accounts.bench.freshness.Answers;
import accounts.bench.history.Key;
import accounts.local.AwsEnvironment;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.StreamViewType;

/** The table, accessed directly and not through the service ({@code docs/adr/0002}). */
final class DirectTable implements AutoCloseable {

  private final DynamoDbClient client;

  private DirectTable(DynamoDbClient client) {
    this.client = client;
  }

  static DirectTable open(Cluster cluster) {
    AwsBasicCredentials key = AwsBasicCredentials.create(AwsEnvironment.KEY, AwsEnvironment.KEY);
    return new DirectTable(
        DynamoDbClient.builder()
            .endpointOverride(cluster.dynamoDb().endpoint())
            .region(Region.of(AwsEnvironment.REGION))
            .httpClientBuilder(UrlConnectionHttpClient.builder())
            .credentialsProvider(StaticCredentialsProvider.create(key))
            .build());
  }

  /** Changes the last name, and the label that comes with it. */
  void rename(Key user, String lastName) {
    client.updateItem(request ->
        request
            .tableName(Cluster.NAME)
            .key(itemOf(user))
            .updateExpression("SET lastName = :name, labels = :labels ADD revision :one")
            .expressionAttributeValues(
                Map.of(
                    ":name", AttributeValue.fromS(lastName),
                    ":labels", AttributeValue.fromM(labels(lastName)),
                    ":one", AttributeValue.fromN("1"))));
  }

  private static Map<String, AttributeValue> labels(String lastName) {
    return Map.of(Answers.LABEL, AttributeValue.fromS(Answers.label(lastName)));
  }

  /** Changes the role in both copies of the membership. */
  void changeRole(Key membership, String role) {
    update(itemOf(membership), "role", role);
    update(mirrorOf(membership), "role", role);
  }

  private void update(Map<String, AttributeValue> item, String attribute, String value) {
    client.updateItem(request ->
        request
            .tableName(Cluster.NAME)
            .key(item)
            .updateExpression("SET #a = :value ADD revision :one")
            .expressionAttributeNames(Map.of("#a", attribute))
            .expressionAttributeValues(
                Map.of(":value", AttributeValue.fromS(value), ":one", AttributeValue.fromN("1"))));
  }

  void delete(Key user) {
    client.deleteItem(request -> request.tableName(Cluster.NAME).key(itemOf(user)));
  }

  /** Returns the item whose partition key and sort key are {@code name}; empty if there is none. */
  Map<String, AttributeValue> get(String name) {
    return client
        .getItem(
            request -> request.tableName(Cluster.NAME).key(item(name, name)).consistentRead(true))
        .item();
  }

  void put(Map<String, AttributeValue> item) {
    client.putItem(request -> request.tableName(Cluster.NAME).item(item));
  }

  void delete(String name) {
    client.deleteItem(request -> request.tableName(Cluster.NAME).key(item(name, name)));
  }

  /** Returns a copy of all items. */
  List<Map<String, AttributeValue>> backUp() {
    return client
        .scanPaginator(request -> request.tableName(Cluster.NAME).consistentRead(true))
        .items()
        .stream()
        .toList();
  }

  /** Turns the table's stream on or off. */
  void setStream(boolean on) {
    client.updateTable(request ->
        request
            .tableName(Cluster.NAME)
            .streamSpecification(stream -> {
              stream.streamEnabled(on);
              if (on) {
                stream.streamViewType(StreamViewType.NEW_AND_OLD_IMAGES);
              }
            }));
  }

  void deleteTable() {
    client.deleteTable(request -> request.tableName(Cluster.NAME));
  }

  private static Map<String, AttributeValue> itemOf(Key key) {
    return switch (key.kind()) {
      case USER -> item("USER#" + key.username(), "USER#" + key.username());
      case ORGANIZATION -> item("ORG#" + key.organization(), "ORG#" + key.organization());
      case MEMBERSHIP -> item("ORGMEMBERS#" + key.organization(), "MEMBER#" + key.username());
    };
  }

  private static Map<String, AttributeValue> mirrorOf(Key membership) {
    return item("USERORGS#" + membership.username(), "ORG#" + membership.organization());
  }

  private static Map<String, AttributeValue> item(String partition, String sort) {
    return Map.of("PK", AttributeValue.fromS(partition), "SK", AttributeValue.fromS(sort));
  }

  @Override
  public void close() {
    client.close();
  }
}
