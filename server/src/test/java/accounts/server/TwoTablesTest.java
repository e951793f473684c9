package accounts.server;

import static org.assertj.core.api.Assertions.assertThat;

import accounts.v1.CreateUserRequest;
import accounts.v1.GetUserResponse;
import accounts.v1.Source;
import accounts.v1.UpdateUserRequest;
import accounts.v1.User;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import software.amazon.awssdk.services.dynamodb.DynamoDbAsyncClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** Tables that share a cache, at the same time or one after the other, and the keys of both. */
@Timeout(120)
final class TwoTablesTest {

  @AutoClose private final TestBackends backends = new TestBackends();
  private final DynamoDbAsyncClient client = backends.client();

  @Test
  void sameKeys_oneCache_areAnsweredEachFromItsOwnTable() {
    String other = "accounts-" + UUID.randomUUID();
    backends.createTable(other);
    try (TestService first = backends.start();
        TestService second = backends.start(Map.of("ACCOUNTS_TABLE", other))) {
      create(first, "olivia", "First");
      assertThat(Refused.by(() -> second.getUser("olivia")).reason()).isEqualTo("USER_NOT_FOUND");
      create(second, "olivia", "Second");
      create(second, "ada", "Second");
      assertThat(Refused.by(() -> first.getUser("ada")).reason()).isEqualTo("USER_NOT_FOUND");

      assertThat(cached(first, "olivia").getUser().getFirstName()).isEqualTo("First");
      assertThat(cached(second, "olivia").getUser().getFirstName()).isEqualTo("Second");
      rename(first, "olivia", "Third");
      assertThat(second.getUser("olivia").getUser().getFirstName()).isEqualTo("Second");
      assertThat(first.getUser("olivia").getUser().getFirstName()).isEqualTo("Third");
      assertThat(Refused.by(() -> first.getUser("ada")).reason()).isEqualTo("USER_NOT_FOUND");
      assertThat(cached(second, "ada").getUser().getFirstName()).isEqualTo("Second");
    }
  }

  @Test
  void tableMadeAnew_cachedBefore_answersNothingOfTheOldOne() {
    try (TestService before = backends.start()) {
      create(before, "olivia", "Old");
      assertThat(cached(before, "olivia").hasUser()).isTrue();
    }

    makeAnew();

    try (TestService after = backends.start()) {
      assertThat(Refused.by(() -> after.getUser("olivia")).reason()).isEqualTo("USER_NOT_FOUND");
      create(after, "olivia", "New");
      assertThat(cached(after, "olivia").getUser().getFirstName()).isEqualTo("New");
    }
  }

  /** As from a backup: the new table has the old one's incarnation and epochs, too. */
  @Test
  void tableRestoredFromAnOlderCopy_cachedBefore_answersWhatTheCopyHolds() {
    List<Map<String, AttributeValue>> copy;
    try (TestService before = backends.start()) {
      create(before, "olivia", "Old");
      copy = client.scan(scan -> scan.tableName(backends.table())).join().items();
      rename(before, "olivia", "Later");
      create(before, "ada", "Later");
      assertThat(cached(before, "olivia").getUser().getFirstName()).isEqualTo("Later");
      assertThat(cached(before, "ada").hasUser()).isTrue();
    }

    makeAnew();
    copy.forEach(item -> client.putItem(put -> put.tableName(backends.table()).item(item)).join());

    try (TestService after = backends.start()) {
      assertThat(after.getUser("olivia").getUser().getFirstName()).isEqualTo("Old");
      assertThat(Refused.by(() -> after.getUser("ada")).reason()).isEqualTo("USER_NOT_FOUND");
      assertThat(cached(after, "olivia").getUser().getFirstName()).isEqualTo("Old");
    }
  }

  private void makeAnew() {
    String before = TestBackends.tableId(backends.table());
    client.deleteTable(delete -> delete.tableName(backends.table())).join();
    backends.createTable(backends.table());
    assertThat(TestBackends.tableId(backends.table())).isNotEqualTo(before);
  }

  private static void create(TestService service, String username, String firstName) {
    var unused =
        service
            .stub()
            .createUser(
                CreateUserRequest.newBuilder()
                    .setUsername(username)
                    .setFirstName(firstName)
                    .setLastName("Ray")
                    .build());
  }

  private static void rename(TestService service, String username, String firstName) {
    var unused =
        service
            .stub()
            .updateUser(
                UpdateUserRequest.newBuilder()
                    .setUser(User.newBuilder().setUsername(username).setFirstName(firstName))
                    .build());
  }

  private static GetUserResponse cached(TestService service, String username) {
    return Eventually.get(
        () -> service.getUser(username), answer -> answer.getSource() == Source.SOURCE_CACHE);
  }
}
