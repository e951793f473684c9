package accounts.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import accounts.client.AccountsException.AlreadyExists;
import accounts.client.AccountsException.FieldViolation;
import accounts.client.AccountsException.InvalidArgument;
import accounts.client.AccountsException.NotFound;
import accounts.client.AccountsException.PermissionDenied;
import accounts.client.AccountsException.Resource;
import accounts.client.AccountsException.RevisionMismatch;
import accounts.client.fake.Failures;
import accounts.client.fake.FakeServer;
import com.google.rpc.BadRequest;
import com.google.rpc.ResourceInfo;
import com.google.rpc.RetryInfo;
import io.grpc.Status.Code;
import io.grpc.StatusRuntimeException;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Tests the contract's error table, row by row, and other errors. */
final class ErrorsTest {

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

  static Stream<Arguments> rows() {
    return Stream.of(
        Arguments.of("INVALID_FIELD", Code.INVALID_ARGUMENT, InvalidArgument.class),
        Arguments.of("USER_NOT_FOUND", Code.NOT_FOUND, NotFound.class),
        Arguments.of("ORGANIZATION_NOT_FOUND", Code.NOT_FOUND, NotFound.class),
        Arguments.of("MEMBERSHIP_NOT_FOUND", Code.NOT_FOUND, NotFound.class),
        Arguments.of("USER_ALREADY_EXISTS", Code.ALREADY_EXISTS, AlreadyExists.class),
        Arguments.of("ORGANIZATION_ALREADY_EXISTS", Code.ALREADY_EXISTS, AlreadyExists.class),
        Arguments.of("MEMBERSHIP_ALREADY_EXISTS", Code.ALREADY_EXISTS, AlreadyExists.class),
        Arguments.of("ROLE_REQUIRED", Code.PERMISSION_DENIED, PermissionDenied.class),
        Arguments.of("LAST_OWNER", Code.FAILED_PRECONDITION, AccountsException.class),
        Arguments.of("REVISION_MISMATCH", Code.ABORTED, RevisionMismatch.class),
        Arguments.of("REQUEST_ID_REUSED", Code.INVALID_ARGUMENT, InvalidArgument.class),
        Arguments.of("UNAUTHENTICATED", Code.UNAUTHENTICATED, AccountsException.class),
        Arguments.of("SCOPE_REQUIRED", Code.PERMISSION_DENIED, PermissionDenied.class),
        Arguments.of("OVERLOADED", Code.RESOURCE_EXHAUSTED, AccountsException.class),
        Arguments.of("STORE_THROTTLED", Code.RESOURCE_EXHAUSTED, AccountsException.class),
        Arguments.of("STORE_UNAVAILABLE", Code.UNAVAILABLE, AccountsException.class),
        Arguments.of("INTERNAL", Code.INTERNAL, AccountsException.class),
        Arguments.of("USER_SUSPENDED", Code.PERMISSION_DENIED, PermissionDenied.class),
        Arguments.of("HAS_MEMBERSHIPS", Code.FAILED_PRECONDITION, AccountsException.class),
        Arguments.of("BEING_DELETED", Code.FAILED_PRECONDITION, AccountsException.class),
        Arguments.of("DELETION_UNFINISHED", Code.UNAVAILABLE, AccountsException.class),
        Arguments.of("WATCH_TOKEN_EXPIRED", Code.OUT_OF_RANGE, AccountsException.class),
        Arguments.of("WATCH_TOO_SLOW", Code.RESOURCE_EXHAUSTED, AccountsException.class),
        Arguments.of("WATCH_ENDED", Code.UNAVAILABLE, AccountsException.class),
        Arguments.of("WATCH_NOT_OFFERED", Code.FAILED_PRECONDITION, AccountsException.class),
        Arguments.of("NOT_DELETED", Code.FAILED_PRECONDITION, AccountsException.class),
        Arguments.of("UID_MISMATCH", Code.FAILED_PRECONDITION, AccountsException.class),
        Arguments.of("INVITATION_NOT_FOUND", Code.NOT_FOUND, NotFound.class),
        Arguments.of("TOO_MANY_LABELS", Code.FAILED_PRECONDITION, AccountsException.class),
        Arguments.of("ISSUER_UNAVAILABLE", Code.UNAVAILABLE, AccountsException.class));
  }

  @ParameterizedTest
  @MethodSource("rows")
  void call_refused_throwsTheReasonsException(
      String reason, Code code, Class<? extends AccountsException> type) {
    // Retries of UNAVAILABLE would reach the fake.
    for (int attempt = 0; attempt < 5; attempt++) {
      server.script().fail(Failures.of(code, reason, "why", Map.of("username", "olivia")));
    }

    AccountsException failure = failure();

    assertThat(failure).isExactlyInstanceOf(type).hasMessage(reason + ": why");
    assertThat(failure.reason().name()).isEqualTo(reason);
    assertThat(failure.code()).isEqualTo(code);
    assertThat(failure.metadata()).containsExactly(Map.entry("username", "olivia"));
  }

  @Test
  void rows_all_coverEveryReasonOfTheContract() {
    String prefix = "ERROR_REASON_";
    assertThat(rows().map(row -> prefix + row.get()[0]))
        .containsExactlyElementsOf(
            Arrays.stream(accounts.v1.ErrorReason.values())
                .filter(reason -> reason != accounts.v1.ErrorReason.ERROR_REASON_UNSPECIFIED)
                .filter(reason -> reason != accounts.v1.ErrorReason.UNRECOGNIZED)
                .map(Enum::name)
                .toList());
  }

  @Test
  void reasons_all_areThoseOfTheContractAndUnknown() {
    assertThat(Arrays.stream(ErrorReason.values()).map(Enum::name))
        .containsExactlyElementsOf(
            Stream.concat(rows().map(row -> (String) row.get()[0]), Stream.of("UNKNOWN")).toList());
  }

  @Test
  void call_newerReason_isUnknownWithItsCode() {
    AccountsException failure =
        failureOf(Failures.of(Code.NOT_FOUND, "TEAM_NOT_FOUND", "no team", Map.of()));

    assertThat(failure).isExactlyInstanceOf(NotFound.class).hasMessage("NOT_FOUND: no team");
    assertThat(failure.reason()).isEqualTo(ErrorReason.UNKNOWN);
  }

  @Test
  void call_reasonOfAnotherDomain_isUnknown() {
    AccountsException failure =
        failureOf(
            Failures.foreign("proxy", Code.NOT_FOUND, "USER_NOT_FOUND", "no route", Map.of()));

    assertThat(failure.reason()).isEqualTo(ErrorReason.UNKNOWN);
  }

  @Test
  void call_bareCode_isThatCode() {
    AccountsException failure = failureOf(Failures.bare(Code.DATA_LOSS));

    assertThat(failure).isExactlyInstanceOf(AccountsException.class).hasMessage("DATA_LOSS: bare");
  }

  @Test
  void call_malformed_namesEveryField() {
    BadRequest.Builder request = BadRequest.newBuilder();
    request.addFieldViolationsBuilder().setField("username").setDescription("empty");
    request.addFieldViolationsBuilder().setField("last_name").setDescription("too long");

    assertThat(
            failureOf(
                    Failures.of(
                        Code.INVALID_ARGUMENT, "INVALID_FIELD", "", Map.of(), request.build()))
                .violations())
        .containsExactly(
            new FieldViolation("username", "empty"), new FieldViolation("last_name", "too long"));
  }

  @Test
  void call_hundredLongViolations_stillArrive() {
    BadRequest.Builder request = BadRequest.newBuilder();
    for (int i = 0; i < 100; i++) {
      request
          .addFieldViolationsBuilder()
          .setField("usernames[" + i + "]")
          .setDescription("x".repeat(500));
    }

    assertThat(
            failureOf(
                    Failures.of(
                        Code.INVALID_ARGUMENT, "INVALID_FIELD", "", Map.of(), request.build()))
                .violations())
        .hasSize(100);
  }

  @Test
  void call_overloaded_saysWhenToTryAgain() {
    RetryInfo.Builder info = RetryInfo.newBuilder();
    info.getRetryDelayBuilder().setSeconds(1).setNanos(500_000_000);

    assertThat(
            failureOf(
                    Failures.of(Code.RESOURCE_EXHAUSTED, "OVERLOADED", "", Map.of(), info.build()))
                .retryDelay())
        .contains(Duration.ofMillis(1500));
  }

  @Test
  void call_notFound_namesTheResource() {
    ResourceInfo info =
        ResourceInfo.newBuilder().setResourceType("user").setResourceName("olivia").build();

    assertThat(
            failureOf(Failures.of(Code.NOT_FOUND, "USER_NOT_FOUND", "", Map.of(), info)).resource())
        .contains(new Resource("user", "olivia"));
  }

  @Test
  void getMembership_removed_hasTheRemovalsRevision() {
    AccountsException failure =
        failureOf(Failures.of(Code.NOT_FOUND, "MEMBERSHIP_NOT_FOUND", "", Map.of("revision", "7")));

    assertThat(((NotFound) failure).revision()).isEqualTo(7);
  }

  @Test
  void call_revisionGarbled_isZero() {
    AccountsException failure =
        failureOf(Failures.of(Code.NOT_FOUND, "USER_NOT_FOUND", "", Map.of("revision", "?")));

    assertThat(((NotFound) failure).revision()).isZero();
  }

  @Test
  void read_failed_hasNoRequestId() {
    assertThat(failureOf(Failures.bare(Code.INTERNAL)).requestId()).isEmpty();
  }

  private AccountsException failureOf(StatusRuntimeException answer) {
    server.script().fail(answer);
    return failure();
  }

  private AccountsException failure() {
    return catchThrowableOfType(
        AccountsException.class,
        () -> client.blocking().getUser("olivia", Deadline.after(Duration.ofSeconds(10))));
  }
}
