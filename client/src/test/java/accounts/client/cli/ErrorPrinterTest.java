package accounts.client.cli;

import static org.assertj.core.api.Assertions.assertThat;

import accounts.client.fake.Failures;
import accounts.client.fake.FakeServer;
import com.google.protobuf.Duration;
import com.google.rpc.BadRequest;
import com.google.rpc.BadRequest.FieldViolation;
import com.google.rpc.RetryInfo;
import io.grpc.Status.Code;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;
import org.junit.jupiter.params.provider.ValueSource;

/** Tests error messages and exit codes. */
final class ErrorPrinterTest {

  private static final String ID = "11111111-2222-4333-8444-555555555555";

  @RegisterExtension final FakeServer server = new FakeServer();

  @Test
  void userGet_notFound_isOneLineAndSixtyNine() {
    assertThat(Run.against(server, "user", "get", "nobody"))
        .isEqualTo(new Run(69, "", "accounts: USER_NOT_FOUND: no user \"nobody\"\n"));
  }

  @Test
  void userGet_notFoundVerbose_printsAllDetails() {
    assertThat(Run.against(server, "user", "get", "nobody", "-v").err())
        .isEqualTo(
            """
            GetUser {"username":"nobody","consistency":"CONSISTENCY_UNSPECIFIED","minRevision":"0","expectedUid":""}
            accounts: USER_NOT_FOUND: no user "nobody"
              code: NOT_FOUND
              reason: USER_NOT_FOUND
              revision: 0
              username: nobody
              cause: io.grpc.StatusRuntimeException: NOT_FOUND: no user "nobody"
            """);
  }

  @Test
  void userCreate_malformed_namesEachFieldOnALineOfItsOwn() {
    server
        .script()
        .fail(
            Failures.of(
                Code.INVALID_ARGUMENT,
                "INVALID_FIELD",
                "two fields\nare malformed",
                Map.of(),
                BadRequest.newBuilder()
                    .addFieldViolations(violation("username", "\"?\" (expected: a letter)"))
                    .addFieldViolations(violation("last_name", "empty (expected: 1-100)"))
                    .build()));

    assertThat(Run.against(server, "user", "create", "?", "A", ""))
        .isEqualTo(
            new Run(
                67,
                "",
                """
                accounts: INVALID_FIELD: two fields are malformed
                  username: "?" (expected: a letter)
                  last_name: empty (expected: 1-100)
                """));
  }

  @Test
  void userBatchGet_longMessageOverFields_isCutShort() {
    server
        .script()
        .fail(
            Failures.of(
                Code.INVALID_ARGUMENT,
                "INVALID_FIELD",
                "x".repeat(5000),
                Map.of(),
                BadRequest.newBuilder()
                    .addFieldViolations(violation("usernames[0]", "?"))
                    .build()));

    assertThat(Run.against(server, "user", "batch-get", "?").err().lines().findFirst())
        .hasValueSatisfying(line -> assertThat(line).hasSizeLessThan(250).endsWith("…"));
  }

  @Test
  void userGet_overloaded_saysWhenToTryAgain() {
    server
        .script()
        .fail(
            Failures.of(
                Code.RESOURCE_EXHAUSTED,
                "OVERLOADED",
                "too much to do",
                Map.of(),
                RetryInfo.newBuilder()
                    .setRetryDelay(Duration.newBuilder().setNanos(250_000_000))
                    .build()));

    assertThat(Run.against(server, "user", "get", "olivia").err())
        .isEqualTo("accounts: OVERLOADED: too much to do\n  try again after 250ms\n");
  }

  @Test
  void userCreate_outcomeUnknown_saysHowToRepeatIt() {
    server.script().fail(Failures.of(Code.INTERNAL, "INTERNAL", "error 7", Map.of()));

    assertThat(Run.against(server, "user", "create", "a", "b", "c", "--request-id", ID).err())
        .isEqualTo(
            "accounts: INTERNAL: error 7\n"
                + "  outcome unknown; repeat it safely with: --request-id "
                + ID
                + "\n");
  }

  @Test
  void userGet_noServer_isUnavailable() throws Exception {
    String address = server.address();
    server.stop();

    Run run = Run.of("user", "get", "olivia", "--address", address);

    assertThat(run.exitCode()).isEqualTo(78);
    assertThat(run.err()).startsWith("accounts: UNAVAILABLE: ").contains("Connection refused");
  }

  @Test
  void userGet_noAnswer_isDeadlineExceeded() {
    server.script().hang();

    assertThat(Run.against(server, "user", "get", "olivia", "--timeout", "50ms").exitCode())
        .isEqualTo(68);
  }

  @ParameterizedTest
  @EnumSource(
      value = Code.class,
      mode = Mode.EXCLUDE,
      names = {"OK", "UNAVAILABLE"})
  void userGet_anyCode_endsWithSixtyFourAndTheCode(Code code) {
    server.script().fail(Failures.of(code, "NEW", "m", Map.of()));

    assertThat(Run.against(server, "user", "get", "olivia").exitCode())
        .isEqualTo(64 + code.value());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "user",
        "nonsense",
        "user get",
        "user get a b",
        "user get a --timeout 5",
        "user get a --consistency best",
        "user get a --plaintext --tls",
        "org create Name",
        "member add org user chief --as olivia",
        "member add org user admin",
        "member batch-get org"
      })
  void command_misused_isTwoLinesAndTwo(String arguments) {
    Run run = Run.of(arguments.isEmpty() ? new String[0] : arguments.split(" "));

    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.err()).startsWith("accounts: ").endsWith(" --help\n");
    assertThat(run.err().lines()).hasSize(2);
  }

  private static FieldViolation violation(String field, String description) {
    return FieldViolation.newBuilder().setField(field).setDescription(description).build();
  }
}
