package accounts.grpc;

import static accounts.domain.Samples.user;
import static accounts.domain.Samples.userKey;
import static org.assertj.core.api.Assertions.assertThat;

import accounts.async.Trace;
import accounts.domain.AccountError;
import accounts.domain.AccountError.BeingDeleted;
import accounts.domain.AccountError.DeletionUnfinished;
import accounts.domain.AccountError.HasMemberships;
import accounts.domain.AccountError.InvalidFields;
import accounts.domain.AccountError.InvitationNotFound;
import accounts.domain.AccountError.IssuerUnavailable;
import accounts.domain.AccountError.LastOwner;
import accounts.domain.AccountError.MembershipAlreadyExists;
import accounts.domain.AccountError.MembershipNotFound;
import accounts.domain.AccountError.NotDeleted;
import accounts.domain.AccountError.OrganizationAlreadyExists;
import accounts.domain.AccountError.OrganizationNotFound;
import accounts.domain.AccountError.Overloaded;
import accounts.domain.AccountError.RequestIdReused;
import accounts.domain.AccountError.RevisionMismatch;
import accounts.domain.AccountError.RoleRequired;
import accounts.domain.AccountError.ScopeRequired;
import accounts.domain.AccountError.StoreThrottled;
import accounts.domain.AccountError.StoreUnavailable;
import accounts.domain.AccountError.TooManyLabels;
import accounts.domain.AccountError.UidMismatch;
import accounts.domain.AccountError.Unauthenticated;
import accounts.domain.AccountError.UserAlreadyExists;
import accounts.domain.AccountError.UserNotFound;
import accounts.domain.AccountError.UserSuspended;
import accounts.domain.AccountError.WatchEnded;
import accounts.domain.AccountError.WatchNotOffered;
import accounts.domain.AccountError.WatchTokenExpired;
import accounts.domain.AccountError.WatchTooSlow;
import accounts.domain.AccountException;
import accounts.domain.EntityKey.MembershipKey;
import accounts.domain.EntityKey.OrganizationKey;
import accounts.domain.EntityKey.UserKey;
import accounts.domain.OrganizationName;
import accounts.domain.RequestId;
import accounts.domain.Revision;
import accounts.domain.Role;
import accounts.domain.Username;
import accounts.v1.ErrorReason;
import com.google.protobuf.Any;
import com.google.rpc.BadRequest;
import com.google.rpc.ErrorInfo;
import com.google.rpc.PreconditionFailure;
import com.google.rpc.ResourceInfo;
import com.google.rpc.RetryInfo;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.protobuf.StatusProto;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionException;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every kind of error has its row, and a new kind without one fails here. */
final class ErrorTableTest {

  private static final Username USER = new Username("olivia");
  private static final OrganizationName ORG = new OrganizationName("olivias-org");
  private static final Revision TWO = new Revision(2);
  private static final Revision THREE = new Revision(3);

  private final Failures failures = new Failures();

  /**
   * One row.
   *
   * @param details what comes behind the {@code ErrorInfo}
   */
  record Row(AccountError error, Status.Code code, String reason, List<Class<?>> details) {

    Row(AccountError error, Status.Code code, String reason, Class<?>... details) {
      this(error, code, reason, List.of(details));
    }

    @Override
    public String toString() {
      return error.getClass().getSimpleName();
    }
  }

  static List<Row> rows() {
    return List.of(
        new Row(
            new Unauthenticated("token expired"), Status.Code.UNAUTHENTICATED, "UNAUTHENTICATED"),
        new Row(
            new ScopeRequired("accounts.act-as", Optional.of(USER)),
            Status.Code.PERMISSION_DENIED,
            "SCOPE_REQUIRED"),
        new Row(
            InvalidFields.of("username", "\"#\" (expected: a name)"),
            Status.Code.INVALID_ARGUMENT,
            "INVALID_FIELD",
            BadRequest.class),
        new Row(
            new HasMemberships(new UserKey(USER), List.of(new MembershipKey(ORG, USER)), true),
            Status.Code.FAILED_PRECONDITION,
            "HAS_MEMBERSHIPS",
            PreconditionFailure.class),
        new Row(
            new BeingDeleted(new OrganizationKey(ORG)),
            Status.Code.FAILED_PRECONDITION,
            "BEING_DELETED"),
        new Row(new NotDeleted(USER), Status.Code.FAILED_PRECONDITION, "NOT_DELETED"),
        new Row(
            new TooManyLabels(new UserKey(USER), 33),
            Status.Code.FAILED_PRECONDITION,
            "TOO_MANY_LABELS"),
        new Row(
            new UidMismatch(
                userKey("olivia"), user("olivia").uid(), user("noah").uid(), new Revision(2)),
            Status.Code.FAILED_PRECONDITION,
            "UID_MISMATCH"),
        new Row(
            new DeletionUnfinished(new UserKey(USER), Duration.ofSeconds(1)),
            Status.Code.UNAVAILABLE,
            "DELETION_UNFINISHED",
            RetryInfo.class),
        new Row(new WatchTokenExpired(), Status.Code.OUT_OF_RANGE, "WATCH_TOKEN_EXPIRED"),
        new Row(new WatchTooSlow("token"), Status.Code.RESOURCE_EXHAUSTED, "WATCH_TOO_SLOW"),
        new Row(new WatchEnded("token"), Status.Code.UNAVAILABLE, "WATCH_ENDED"),
        new Row(new WatchNotOffered(), Status.Code.FAILED_PRECONDITION, "WATCH_NOT_OFFERED"),
        new Row(new UserSuspended(USER), Status.Code.PERMISSION_DENIED, "USER_SUSPENDED"),
        new Row(
            new UserNotFound(USER), Status.Code.NOT_FOUND, "USER_NOT_FOUND", ResourceInfo.class),
        new Row(
            new OrganizationNotFound(ORG),
            Status.Code.NOT_FOUND,
            "ORGANIZATION_NOT_FOUND",
            ResourceInfo.class),
        new Row(
            new MembershipNotFound(ORG, USER, TWO),
            Status.Code.NOT_FOUND,
            "MEMBERSHIP_NOT_FOUND",
            ResourceInfo.class),
        new Row(
            new InvitationNotFound(ORG, USER),
            Status.Code.NOT_FOUND,
            "INVITATION_NOT_FOUND",
            ResourceInfo.class),
        new Row(
            new UserAlreadyExists(USER),
            Status.Code.ALREADY_EXISTS,
            "USER_ALREADY_EXISTS",
            ResourceInfo.class),
        new Row(
            new OrganizationAlreadyExists(ORG),
            Status.Code.ALREADY_EXISTS,
            "ORGANIZATION_ALREADY_EXISTS",
            ResourceInfo.class),
        new Row(
            new MembershipAlreadyExists(ORG, USER),
            Status.Code.ALREADY_EXISTS,
            "MEMBERSHIP_ALREADY_EXISTS",
            ResourceInfo.class),
        new Row(
            new RoleRequired(ORG, USER, Optional.of(Role.MEMBER), Set.of(Role.OWNER)),
            Status.Code.PERMISSION_DENIED,
            "ROLE_REQUIRED"),
        new Row(
            new LastOwner(ORG, USER),
            Status.Code.FAILED_PRECONDITION,
            "LAST_OWNER",
            PreconditionFailure.class),
        new Row(
            new RevisionMismatch(new UserKey(USER), TWO, THREE),
            Status.Code.ABORTED,
            "REVISION_MISMATCH"),
        new Row(
            new RevisionMismatch(new OrganizationKey(ORG), TWO, THREE),
            Status.Code.ABORTED,
            "REVISION_MISMATCH"),
        new Row(
            new RevisionMismatch(new MembershipKey(ORG, USER), TWO, THREE),
            Status.Code.ABORTED,
            "REVISION_MISMATCH"),
        new Row(
            new RequestIdReused(RequestId.of("123e4567-e89b-12d3-a456-426614174000")),
            Status.Code.INVALID_ARGUMENT,
            "REQUEST_ID_REUSED",
            BadRequest.class),
        new Row(
            new Overloaded(Duration.ofMillis(1500)),
            Status.Code.RESOURCE_EXHAUSTED,
            "OVERLOADED",
            RetryInfo.class),
        new Row(
            new StoreThrottled(Duration.ofMillis(1500)),
            Status.Code.RESOURCE_EXHAUSTED,
            "STORE_THROTTLED",
            RetryInfo.class),
        new Row(
            new IssuerUnavailable("https://login.example.com", Duration.ofMillis(1500)),
            Status.Code.UNAVAILABLE,
            "ISSUER_UNAVAILABLE",
            RetryInfo.class),
        new Row(
            new StoreUnavailable(Duration.ofMillis(1500)),
            Status.Code.UNAVAILABLE,
            "STORE_UNAVAILABLE",
            RetryInfo.class));
  }

  @Test
  void rows_comparedWithTheErrors_haveEveryKind() {
    assertThat(rows().stream().<Class<?>>map(row -> row.error().getClass()))
        .containsAll(kinds(AccountError.class).toList());
  }

  private static Stream<Class<?>> kinds(Class<?> type) {
    return type.isSealed()
        ? Stream.of(type.getPermittedSubclasses()).flatMap(ErrorTableTest::kinds)
        : Stream.of(type);
  }

  @ParameterizedTest
  @MethodSource("rows")
  void status_ofAnError_hasItsCodeReasonAndDetails(Row row) throws Exception {
    com.google.rpc.Status status = status(new AccountException(row.error()));

    assertThat(Status.fromCodeValue(status.getCode()).getCode()).isEqualTo(row.code());
    ErrorInfo info = status.getDetails(0).unpack(ErrorInfo.class);
    assertThat(info.getReason()).isEqualTo(row.reason());
    assertThat(info.getDomain()).isEqualTo("accounts");
    assertThat(status.getDetailsList().stream().skip(1).map(Any::getTypeUrl))
        .isEqualTo(
            row.details().stream()
                .map(kind -> "type.googleapis.com/google.rpc." + kind.getSimpleName())
                .toList());
  }

  @ParameterizedTest
  @MethodSource("rows")
  void reason_ofAnError_isOneOfTheContracts(Row row) {
    assertThat(ErrorReason.valueOf("ERROR_REASON_" + row.reason()).getNumber()).isPositive();
  }

  @Test
  void retryInfo_ofAnOverload_hasItsDelay() throws Exception {
    com.google.rpc.Status status =
        status(new AccountException(new Overloaded(Duration.ofMillis(1500))));

    RetryInfo retry = status.getDetails(1).unpack(RetryInfo.class);

    assertThat(retry.getRetryDelay().getSeconds()).isEqualTo(1);
    assertThat(retry.getRetryDelay().getNanos()).isEqualTo(500_000_000);
  }

  @Test
  void message_ofAnUnreachableStore_speaksOfAChangeOnlyForChanges() {
    AccountException unavailable = new AccountException(new StoreUnavailable(Duration.ZERO));

    assertThat(failures.status(unavailable, true, Trace.NONE).getMessage())
        .contains("the outcome of the change is unknown");
    assertThat(failures.status(unavailable, false, Trace.NONE).getMessage())
        .doesNotContain("change");
  }

  @Test
  void status_ofAWrappedError_isTheErrors() {
    Throwable wrapped = new CompletionException(new AccountException(new UserNotFound(USER)));

    assertThat(status(wrapped).getCode()).isEqualTo(Status.Code.NOT_FOUND.value());
  }

  @Test
  void status_ofAnythingElse_isInternalAndSaysNothingOfIt() throws Exception {
    com.google.rpc.Status status = status(new IllegalStateException("secret of the driver"));

    assertThat(status.getCode()).isEqualTo(Status.Code.INTERNAL.value());
    assertThat(status.toString()).doesNotContain("secret", "Exception");
    ErrorInfo info = status.getDetails(0).unpack(ErrorInfo.class);
    assertThat(info.getReason()).isEqualTo("INTERNAL");
    assertThat(status.getMessage()).contains(info.getMetadataOrThrow("error_id"));
  }

  private com.google.rpc.Status status(Throwable failure) {
    StatusRuntimeException status = failures.status(failure, false, Trace.NONE);
    return Objects.requireNonNull(StatusProto.fromThrowable(status));
  }
}
