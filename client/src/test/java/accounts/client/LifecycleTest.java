package accounts.client;

import static java.util.concurrent.TimeUnit.MILLISECONDS;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import accounts.client.fake.FakeServer;
import accounts.client.fake.Script.Seen;
import io.grpc.Context;
import io.grpc.Status.Code;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Tests how calls end: by deadline, cancellation, interrupt or close. */
final class LifecycleTest {

  @RegisterExtension final FakeServer server = new FakeServer();
  private AccountsClient client;

  @BeforeEach
  void connect() {
    client = AccountsClient.builder(server.address()).userAgent("billing/2.1").build();
  }

  @AfterEach
  void close() {
    client.close();
  }

  @Test
  void read_withoutDeadline_hasOneSecond() {
    client.findUser("olivia").join();

    assertThat(onlyCall().timeLeft()).isBetween(Duration.ofMillis(1), Duration.ofSeconds(1));
  }

  @Test
  void write_withoutDeadline_hasFiveSeconds() {
    client.createUser("olivia", "Olivia", "Park").join();

    assertThat(onlyCall().timeLeft()).isBetween(Duration.ofMillis(1001), Duration.ofSeconds(5));
  }

  @Test
  void read_withDeadline_hasThat() {
    client.findUser("olivia", Deadline.after(Duration.ofMinutes(1))).join();

    assertThat(onlyCall().timeLeft()).isBetween(Duration.ofSeconds(30), Duration.ofMinutes(1));
  }

  @Test
  void read_withinAShorterGrpcContext_hasWhatIsLeftOfThat() throws Exception {
    var timer = Executors.newSingleThreadScheduledExecutor();
    try (var context = Context.current().withDeadlineAfter(500, MILLISECONDS, timer)) {
      context.call(() -> client.findUser("olivia", Deadline.after(Duration.ofMinutes(1)))).join();
    } finally {
      timer.shutdownNow();
    }

    assertThat(onlyCall().timeLeft()).isLessThanOrEqualTo(Duration.ofMillis(500));
  }

  @Test
  void read_neverAnswered_endsWithItsDeadline() {
    server.script().hang();

    AccountsException failure =
        catchThrowableOfType(
            AccountsException.class,
            () -> client.blocking().getUser("olivia", Deadline.after(Duration.ofMillis(50))));

    assertThat(failure.code()).isEqualTo(Code.DEADLINE_EXCEEDED);
  }

  @Test
  void future_cancelled_cancelsTheCall() {
    CompletableFuture<ReadResult<User>> call = hangingCall();

    call.cancel(true);

    assertThat(server.script().cancelled()).succeedsWithin(Duration.ofSeconds(10));
  }

  @Test
  void future_ofAnswerWithoutAValueCancelled_cancelsTheCall() {
    server.script().hang();
    CompletableFuture<Void> call = client.purgeUser("olivia");
    server.script().hanging().orTimeout(10, SECONDS).join();

    call.cancel(true);

    assertThat(server.script().cancelled()).succeedsWithin(Duration.ofSeconds(10));
  }

  @Test
  void future_timedOutByTheCaller_cancelsTheCall() {
    CompletableFuture<ReadResult<User>> call = hangingCall();

    assertThatThrownBy(() -> call.orTimeout(1, MILLISECONDS).join()).isNotNull();

    assertThat(server.script().cancelled()).succeedsWithin(Duration.ofSeconds(10));
  }

  @Test
  void blocking_interrupted_cancelsTheCallAndStaysInterrupted() {
    server.script().hang();
    Thread caller = Thread.currentThread();
    var unused = server.script().hanging().thenRun(caller::interrupt);

    AccountsException failure =
        catchThrowableOfType(
            AccountsException.class,
            () -> client.blocking().getUser("olivia", Deadline.after(Duration.ofMinutes(1))));

    assertThat(Thread.interrupted()).isTrue();
    assertThat(failure.code()).isEqualTo(Code.CANCELLED);
    assertThat(server.script().cancelled()).succeedsWithin(Duration.ofSeconds(10));
  }

  @Test
  void blocking_refused_hasTheCallersStack() {
    assertThatThrownBy(() -> client.blocking().getUser("nobody"))
        .satisfies(e ->
            assertThat(e.getStackTrace())
                .anyMatch(frame -> frame.getClassName().equals(LifecycleTest.class.getName())));
  }

  @Test
  void call_afterClose_fails() {
    client.close();

    AccountsException failure =
        catchThrowableOfType(AccountsException.class, () -> client.blocking().getUser("olivia"));

    assertThat(failure.code()).isEqualTo(Code.UNAVAILABLE);
  }

  @Test
  void close_callInFlight_waitsForIt() {
    CompletableFuture<User> call = client.createUser("olivia", "Olivia", "Park");

    client.close();

    assertThat(call).succeedsWithin(Duration.ofSeconds(10));
  }

  @Test
  void call_any_namesProgramAndLibrary() {
    client.findUser("olivia").join();

    assertThat(onlyCall().userAgent()).startsWith("billing/2.1 accounts-client/" + Version.get());
  }

  private CompletableFuture<ReadResult<User>> hangingCall() {
    server.script().hang();
    var call = client.getUser("olivia", Deadline.after(Duration.ofMinutes(1)));
    server.script().hanging().orTimeout(10, SECONDS).join();
    return call;
  }

  private Seen onlyCall() {
    assertThat(server.script().seen()).hasSize(1);
    return server.script().seen().get(0);
  }
}
