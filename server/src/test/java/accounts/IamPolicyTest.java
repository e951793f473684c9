package accounts;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaAccess;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.dynamodb.DynamoDbAsyncClient;
import software.amazon.awssdk.services.dynamodb.model.TransactGetItem;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;
import software.amazon.awssdk.services.dynamodb.streams.DynamoDbStreamsAsyncClient;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;

/**
 * Compares {@code k8s/iam-policy.json} with every call of DynamoDB and its streams in the code,
 * rarely made ones included: neither is there an action too many, nor does one lack.
 */
final class IamPolicyTest {

  private static final Path POLICY = Path.of("..", "k8s", "iam-policy.json");

  /** Methods of clients that send nothing. */
  private static final Set<String> NO_CALLS = Set.of("builder", "serviceClientConfiguration");

  /** Transactions are permitted by the single operations that they consist of. */
  private static final Map<String, String> PARTS =
      Map.of(
          "put", "PutItem",
          "update", "UpdateItem",
          "delete", "DeleteItem",
          "conditionCheck", "ConditionCheckItem",
          "get", "GetItem");

  @Test
  void policy_table_allowsWhatIsCalled() {
    Set<String> called =
        Stream.concat(
                calls(DynamoDbAsyncClient.class)
                    .filter(name -> !name.startsWith("transact"))
                    .map(IamPolicyTest::capitalized),
                Stream.of(TransactWriteItem.Builder.class, TransactGetItem.Builder.class)
                    .flatMap(IamPolicyTest::calls)
                    .filter(name -> !name.equals("build"))
                    .map(PARTS::get))
            .collect(Collectors.toSet());

    assertThat(allowed("Table")).isEqualTo(called);
    assertThat(resource("Table")).endsWith(":table/accounts");
  }

  @Test
  void policy_stream_allowsWhatIsCalled() {
    Set<String> called =
        calls(DynamoDbStreamsAsyncClient.class)
            .map(IamPolicyTest::capitalized)
            .collect(Collectors.toSet());

    assertThat(allowed("Stream")).isEqualTo(called);
    assertThat(resource("Stream")).endsWith(":table/accounts/stream/*");
  }

  @Test
  void policy_statements_areThese() {
    assertThat(statements().map(statement -> statement.at("/Sid").asString()))
        .containsExactly("Table", "Stream");
    assertThat(calls(DynamoDbAsyncClient.class)).contains("query", "transactWriteItems");
  }

  /** Returns the names of the methods of a type that the server calls. */
  private static Stream<String> calls(Class<?> type) {
    Set<String> own =
        Arrays.stream(type.getDeclaredMethods())
            .map(java.lang.reflect.Method::getName)
            .collect(Collectors.toSet());
    return ArchitectureTest.SERVER.stream()
        .flatMap(caller -> caller.getAccessesFromSelf().stream())
        .filter(access -> access.getTargetOwner().isEquivalentTo(type))
        .map(JavaAccess::getName)
        .filter(own::contains)
        .filter(name -> !NO_CALLS.contains(name))
        .distinct();
  }

  private static String capitalized(String name) {
    return Character.toUpperCase(name.charAt(0)) + name.substring(1);
  }

  private static Set<String> allowed(String statement) {
    return statement(statement)
        .at("/Action")
        .valueStream()
        .map(action -> action.asString().replaceFirst("^dynamodb:", ""))
        .collect(Collectors.toSet());
  }

  private static String resource(String statement) {
    return statement(statement).at("/Resource").asString();
  }

  private static JsonNode statement(String name) {
    return statements().filter(s -> s.at("/Sid").asString().equals(name)).findFirst().orElseThrow();
  }

  private static Stream<JsonNode> statements() {
    return new ObjectMapper().readTree(POLICY.toFile()).at("/Statement").valueStream();
  }
}
