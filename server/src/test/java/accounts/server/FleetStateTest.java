package accounts.server;

import static org.assertj.core.api.Assertions.assertThat;

import accounts.local.Door;
import accounts.v1.GetUserResponse;
import accounts.v1.Source;
import accounts.v1.UpdateUserRequest;
import accounts.v1.User;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import software.amazon.awssdk.services.dynamodb.DynamoDbAsyncClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * The item with the fleet's state is tampered with after a writer that cannot reach the cache has
 * raised epochs: the cache still holds what the write replaced, and only the raised epoch says that
 * it is outdated.
 */
@Timeout(120)
final class FleetStateTest {

  private static final Map<String, AttributeValue> FLEET =
      Map.of("PK", AttributeValue.fromS("FLEET#0"), "SK", AttributeValue.fromS("FLEET#0"));

  /** Each of four servers must hold one, or none of them reads what the cache has. */
  private static final Map<String, String> LEASE = Map.of("ACCOUNTS_EPOCH_LEASE", "2s");

  @AutoClose private final TestBackends backends = new TestBackends();
  private final DynamoDbAsyncClient client = backends.client();
  @AutoClose private final TestService one = backends.start(LEASE);
  @AutoClose private final TestService two = backends.start(LEASE);
  private final Door door = backends.cache().openDoor("cut off");

  @AutoClose
  private final TestService cutOff =
      backends.start(
          Map.of(
              "MOMENTO_LOCAL_ENDPOINT",
              door.endpoint(),
              "ACCOUNTS_CACHE_TIMEOUT",
              "200ms",
              "ACCOUNTS_EPOCH_LEASE",
              "2s"));

  enum Mishap {
    DELETED,
    DAMAGED,
    ROLLED_BACK
  }

  @ParameterizedTest
  @EnumSource
  void fleetState_tamperedWithAfterARaise_bringsNoOldAnswerBack(Mishap mishap) {
    String name = one.newUser();
    String bystander = one.newUser();
    assertThat(cached(one, name).getUser().getRevision()).isEqualTo(1);
    Map<String, AttributeValue> before = fleet();
    door.close();
    rename(cutOff, name);
    assertThat(fleet()).as("an epoch is raised").isNotEqualTo(before);
    // Whoever uses the cache by now knows of the raise. Nobody could tell what nobody has seen.
    assertThat(List.of(one, two))
        .allSatisfy(service -> assertThat(cached(service, bystander).hasUser()).isTrue());

    tamper(mishap, before);

    try (TestService late = backends.start(LEASE)) {
      List<TestService> all = List.of(one, two, late, cutOff);
      for (int i = 0; i < 100; i++) {
        assertThat(all)
            .allSatisfy(
                service -> assertThat(service.getUser(name).getUser().getRevision()).isEqualTo(2));
      }
      assertThat(List.of(one, two, late))
          .allSatisfy(
              service -> assertThat(cached(service, name).getUser().getRevision()).isEqualTo(2));
    }
    assertThat(fleet().get("incarnation")).isNotEqualTo(before.get("incarnation"));
  }

  private Map<String, AttributeValue> fleet() {
    return client
        .getItem(get -> get.tableName(backends.table()).key(FLEET).consistentRead(true))
        .join()
        .item();
  }

  private void tamper(Mishap mishap, Map<String, AttributeValue> before) {
    switch (mishap) {
      case DELETED -> client.deleteItem(d -> d.tableName(backends.table()).key(FLEET)).join();
      case DAMAGED ->
          client
              .updateItem(update ->
                  update
                      .tableName(backends.table())
                      .key(FLEET)
                      .updateExpression("REMOVE #epoch")
                      .expressionAttributeNames(Map.of("#epoch", "7f")))
              .join();
      case ROLLED_BACK -> client.putItem(p -> p.tableName(backends.table()).item(before)).join();
    }
  }

  private static void rename(TestService service, String username) {
    var unused =
        service
            .stub()
            .updateUser(
                UpdateUserRequest.newBuilder()
                    .setUser(User.newBuilder().setUsername(username).setFirstName("Ada"))
                    .build());
  }

  private static GetUserResponse cached(TestService service, String username) {
    return Eventually.get(
        () -> service.getUser(username), answer -> answer.getSource() == Source.SOURCE_CACHE);
  }
}
