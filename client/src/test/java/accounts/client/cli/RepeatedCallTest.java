package accounts.client.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import accounts.client.AccountsClient;
import accounts.client.fake.FakeServer;
import io.grpc.Status;
import java.time.Duration;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Tests repeating calls. */
final class RepeatedCallTest {

  private static final RepeatedCall CALL =
      new RepeatedCall(Duration.ofMillis(500), Duration.ofMillis(1), Duration.ofMillis(8));

  @RegisterExtension final FakeServer server = new FakeServer();

  private int attempts;

  /** Counts the attempts of a call that always fails like this. */
  private void runFailing(Status status) {
    CompletionException failure;
    try (AccountsClient client = AccountsClient.builder(server.address()).build()) {
      server.script().fail(status.asRuntimeException());
      failure =
          catchThrowableOfType(CompletionException.class, () -> client.getUser("olivia").join());
    }
    assertThatThrownBy(() ->
            CALL.run(() -> {
              attempts++;
              throw failure;
            }))
        .isSameAs(failure);
  }

  @Test
  void run_refusedForNow_goesOnUntilTheLimitWithoutLongerPauses() {
    runFailing(Status.RESOURCE_EXHAUSTED);

    assertThat(attempts).as("nine if the pauses always doubled").isBetween(12, 80);
  }

  @Test
  void run_refusedForGood_isNotRepeated() {
    runFailing(Status.PERMISSION_DENIED);

    assertThat(attempts).isOne();
  }
}
