package accounts.client;

import static io.grpc.Status.Code.RESOURCE_EXHAUSTED;
import static io.grpc.Status.Code.UNAVAILABLE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import accounts.client.fake.Failures;
import accounts.client.fake.FakeServer;
import accounts.client.fake.Script.Seen;
import accounts.v1.CreateUserRequest;
import io.grpc.Status;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;

/** Tests which calls are retried. */
final class RetriesTest {

  @RegisterExtension final FakeServer server = new FakeServer();
  private AccountsClient client;

  @BeforeEach
  void connect() {
    client = AccountsClient.builder(server.address()).build();
  }

  @AfterEach
  void close() {
    client.close();
  }

  @Test
  void read_unavailableTwice_isRetriedUntilAnswered() {
    client.blocking().createUser("olivia", "Olivia", "Park");
    server.script().fail(Failures.bare(UNAVAILABLE));
    server.script().fail(Failures.bare(UNAVAILABLE));

    assertThat(client.blocking().getUser("olivia").value().firstName()).isEqualTo("Olivia");
  }

  @Test
  void write_unavailable_isRetriedWithTheSameRequestId() {
    server.script().fail(Failures.bare(UNAVAILABLE));

    client.blocking().createUser("olivia", "Olivia", "Park");

    assertThat(server.script().seen()).extracting(RetriesTest::requestId).hasSize(2);
    assertThat(server.script().seen().stream().map(RetriesTest::requestId).distinct()).hasSize(1);
  }

  @Test
  void write_doneAndAnswerLost_isNotDoneTwice() {
    server.script().loseAnswer();

    User user = client.blocking().createUser("olivia", "Olivia", "Park");

    assertThat(user.revision()).isEqualTo(1);
    assertThat(server.accounts().userCount()).isEqualTo(1);
  }

  @Test
  void writes_withoutRequestId_getOneEach() {
    client.blocking().createUser("olivia", "Olivia", "Park");
    client.blocking().createUser("marc", "Marc", "Lee");

    assertThat(server.script().seen().stream().map(RetriesTest::requestId).distinct()).hasSize(2);
  }

  @Test
  void write_withRequestId_keepsIt() {
    UUID id = UUID.randomUUID();

    client.blocking().createUser("olivia", "Olivia", "Park", WriteOption.requestId(id));

    assertThat(server.script().seen()).extracting(RetriesTest::requestId).containsExactly(id);
  }

  @Test
  void write_failed_hasItsRequestId() {
    for (int attempt = 0; attempt < 5; attempt++) {
      server.script().fail(Failures.bare(UNAVAILABLE));
    }

    AccountsException failure =
        catchThrowableOfType(
            AccountsException.class,
            () -> client.blocking().createUser("olivia", "Olivia", "Park"));

    assertThat(failure.requestId()).contains(requestId(server.script().seen().get(0)));
  }

  @ParameterizedTest
  @EnumSource(
      value = Status.Code.class,
      mode = Mode.EXCLUDE,
      names = {"OK", "UNAVAILABLE"})
  void read_anyOtherCode_isNotRetried(Status.Code code) {
    server.script().fail(Failures.bare(code));

    assertThatThrownBy(() -> client.blocking().getUser("olivia"))
        .isInstanceOf(AccountsException.class);

    assertThat(server.script().seen()).hasSize(1);
  }

  @ParameterizedTest
  @EnumSource(
      value = Status.Code.class,
      mode = Mode.EXCLUDE,
      names = {"OK", "UNAVAILABLE"})
  void write_anyOtherCode_isNotRetried(Status.Code code) {
    server.script().fail(Failures.bare(code));

    assertThatThrownBy(() -> client.blocking().createUser("olivia", "Olivia", "Park"))
        .isInstanceOf(AccountsException.class);

    assertThat(server.script().seen()).hasSize(1);
  }

  @Test
  void write_exhaustedWithPushback_isRetriedWhenTheServiceSaid() {
    server.script().fail(Failures.pushback(RESOURCE_EXHAUSTED));

    client.blocking().createUser("olivia", "Olivia", "Park");

    assertThat(server.script().seen()).hasSize(2);
  }

  /** 100 tokens, of which each failure takes one: below 50 nothing is retried any more. */
  @Test
  void reads_allRefused_areNotAllRepeated() {
    IntStream.range(0, 1_000).forEach(i -> server.script().fail(Failures.bare(UNAVAILABLE)));

    List<CompletableFuture<Optional<User>>> calls =
        IntStream.range(0, 200)
            .mapToObj(i -> client.findUser("olivia", Deadline.after(Duration.ofMinutes(1))))
            .toList();

    assertThat(calls).allSatisfy(call -> assertThat(call).failsWithin(Duration.ofMinutes(1)));
    assertThat(server.script().seen()).hasSizeBetween(201, 250);
  }

  private static UUID requestId(Seen seen) {
    return UUID.fromString(((CreateUserRequest) seen.request()).getRequestId());
  }
}
