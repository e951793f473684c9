package accounts.store.dynamodb;

import static accounts.domain.Samples.membership;
import static accounts.domain.Samples.organizationName;
import static accounts.domain.Samples.user;
import static accounts.domain.Samples.userKey;
import static accounts.domain.Samples.username;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import accounts.async.CallScope;
import accounts.domain.AccountError.StoreThrottled;
import accounts.domain.AccountError.StoreUnavailable;
import accounts.domain.AccountException;
import accounts.domain.EntityKey;
import accounts.domain.Lookup;
import accounts.domain.Revision;
import accounts.domain.Role;
import accounts.store.AccountStore;
import accounts.store.Change;
import accounts.store.Commit;
import accounts.store.CommitResult;
import accounts.store.Lookups;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.services.dynamodb.DynamoDbAsyncClient;
import software.amazon.awssdk.services.dynamodb.model.BatchGetItemRequest;
import software.amazon.awssdk.services.dynamodb.model.DynamoDbException;
import software.amazon.awssdk.services.dynamodb.model.ResourceNotFoundException;

/** What DynamoDB's failures become. */
final class StoreFaultsTest {

  private static final String TABLE = "accounts";
  private static final Commit COMMIT =
      new Commit(
          List.of(
              new Change.Remove(
                  membership("org", "alice", Role.OWNER).removed(user("a").createTime())),
              new Change.DropOwner(organizationName("org"), username("alice"))),
          Optional.empty(),
          List.of());

  private final CannedDynamoDb wire = new CannedDynamoDb();

  @ParameterizedTest
  @ValueSource(
      strings = {
        "ProvisionedThroughputExceededException",
        "RequestLimitExceeded",
        "ThrottlingException",
        "TransactionConflictException",
        "TransactionInProgressException"
      })
  void read_throttled_isStoreThrottled(String code) {
    wire.error(400, code);

    assertThat(failureOfRead()).satisfies(StoreFaultsTest::isThrottled);
  }

  @ParameterizedTest
  @CsvSource({"500, InternalServerError", "503, ServiceUnavailable", "502, Whatever"})
  void read_serverFault_isStoreUnavailable(int status, String code) {
    wire.error(status, code);

    assertThat(failureOfRead()).satisfies(StoreFaultsTest::isUnavailable);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"ExpiredTokenException", "UnrecognizedClientException", "AccessDeniedException"})
  void read_credentialsRefused_isStoreUnavailable(String code) {
    wire.error(400, code);

    assertThat(failureOfRead()).satisfies(StoreFaultsTest::isUnavailable);
  }

  /** As of a proxy on the way: there was a NullPointerException once. */
  @Test
  void read_serverFaultWithoutACode_isStoreUnavailable() {
    wire.answer(503, "<html>");

    assertThat(failureOfRead()).satisfies(StoreFaultsTest::isUnavailable);
  }

  @Test
  void read_callersFaultWithoutACode_staysInternal() {
    wire.answer(400, "{}");

    assertThat(failureOfRead()).isInstanceOf(DynamoDbException.class);
  }

  @Test
  void read_tableNotThere_staysInternal() {
    wire.error(400, "ResourceNotFoundException");

    assertThat(failureOfRead()).isInstanceOf(ResourceNotFoundException.class);
  }

  @Test
  void read_nobodyListens_isStoreUnavailable() throws IOException {
    int port;
    try (ServerSocket closed = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = closed.getLocalPort();
    }
    try (DynamoDbAsyncClient client =
        LocalTable.clientOf(URI.create("http://127.0.0.1:" + port)).build()) {
      assertThat(
              failure(store(client, Duration.ofSeconds(20)).read(List.of(userKey("a")), scope())))
          .satisfies(StoreFaultsTest::isUnavailable);
    }
  }

  @Test
  void read_nobodyAnswers_isStoreUnavailableWhenTheTimeIsUp() throws IOException {
    try (ServerSocket mute = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        DynamoDbAsyncClient client =
            LocalTable.clientOf(URI.create("http://127.0.0.1:" + mute.getLocalPort())).build()) {
      assertThat(
              failure(store(client, Duration.ofMillis(200)).read(List.of(userKey("a")), scope())))
          .satisfies(StoreFaultsTest::isUnavailable);
    }
  }

  @Test
  void read_keysLeftOut_asksForThoseAgain() {
    wire.answer(
            """
            {"Responses": {"accounts": []}, "UnprocessedKeys": {"accounts": {"Keys": [
              {"PK": {"S": "USER#b"}, "SK": {"S": "USER#b"}}]}}}
            """)
        .answer(
            """
            {"Responses": {"accounts": [{"PK": {"S": "USER#b"}, "SK": {"S": "USER#b"},
              "username": {"S": "b"}, "firstName": {"S": "Élodie"}, "lastName": {"S": "O'Neil"},
              "revision": {"N": "1"}, "createTime": {"S": "2026-01-31T12:00:00.120Z"},
              "updateTime": {"S": "2026-01-31T12:00:00.120Z"}}]}}
            """);
    Lookups lookups = readTwo().join();

    assertThat(lookups)
        .isEqualTo(
            Lookups.builder()
                .put(userKey("a"), new Lookup.Absent<>(Revision.NONE))
                .found(user("b"))
                .build());
    assertThat(wire.requests)
        .flatExtracting(request -> ((BatchGetItemRequest) request).requestItems().values())
        .extracting(asked -> asked.keys().size())
        .containsExactly(2, 1);
    assertThat(wire.requests)
        .flatExtracting(request -> ((BatchGetItemRequest) request).requestItems().values())
        .allMatch(asked -> asked.consistentRead());
  }

  @Test
  void read_keysLeftOutWithoutEnd_isStoreThrottledAfterBoundedRounds() {
    wire.answer(
        """
        {"Responses": {}, "UnprocessedKeys": {"accounts": {"Keys": [
          {"PK": {"S": "USER#b"}, "SK": {"S": "USER#b"}}]}}}
        """);

    assertThat(failure(readTwo())).satisfies(StoreFaultsTest::isThrottled);
    assertThat(wire.requests).hasSize(4);
  }

  @Test
  void snapshot_contended_isStoreThrottled() {
    wire.cancelled("TransactionConflict");

    assertThat(failure(store().snapshot(List.of(userKey("a")), Optional.empty(), scope())))
        .satisfies(StoreFaultsTest::isThrottled);
  }

  @Test
  void commit_contended_isAConflictOfNothingInParticular() {
    wire.cancelled("None", "TransactionConflict", "None");

    assertThat(store().commit(COMMIT, scope()).join())
        .isEqualTo(new CommitResult.Conflict(List.of()));
  }

  // The other transaction is half done: what it did to one item already makes the condition on
  // that one fail, and what it has yet to do to the other would explain why. "Alice is the last
  // owner" would be said of somebody who is being removed as one of two.
  @Test
  void commit_unmetAndContended_isAConflictOfNothingInParticular() {
    wire.cancelled("TransactionConflict", "None", "ConditionalCheckFailed");

    assertThat(store().commit(COMMIT, scope()).join())
        .isEqualTo(new CommitResult.Conflict(List.of()));
  }

  @Test
  void commit_throttledItem_isStoreThrottled() {
    wire.cancelled("None", "ThrottlingError", "None");

    assertThat(failure(store().commit(COMMIT, scope()))).satisfies(StoreFaultsTest::isThrottled);
  }

  private CompletableFuture<Lookups> readTwo() {
    List<EntityKey<?>> keys = List.of(userKey("a"), userKey("b"));
    return store().read(keys, scope());
  }

  private Throwable failureOfRead() {
    return failure(store().read(List.of(userKey("a")), scope()));
  }

  private AccountStore store() {
    return store(wire.client(), Duration.ofSeconds(20));
  }

  private static AccountStore store(DynamoDbAsyncClient client, Duration timeout) {
    return new DynamoDbAccountStore(
        client, TABLE, timeout, Duration.ofDays(400), InstantSource.system());
  }

  private static Throwable failure(CompletableFuture<?> future) {
    return StoreErrors.unwrapped(catchThrowable(future::join));
  }

  private static void isThrottled(Throwable failure) {
    assertThat(failure)
        .isInstanceOfSatisfying(
            AccountException.class,
            account -> assertThat(account.error()).isInstanceOf(StoreThrottled.class));
  }

  private static void isUnavailable(Throwable failure) {
    assertThat(failure)
        .isInstanceOfSatisfying(
            AccountException.class,
            account -> assertThat(account.error()).isInstanceOf(StoreUnavailable.class));
  }

  private static CallScope scope() {
    return CallScope.of(Duration.ofSeconds(30));
  }
}
