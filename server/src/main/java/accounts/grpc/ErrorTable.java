package accounts.grpc;

import accounts.async.Futures;
import accounts.domain.AccountError;
import accounts.domain.AccountError.StoreUnavailable;
import accounts.domain.AccountException;
import accounts.v1.ErrorReason;
import com.google.rpc.Code;
import io.grpc.StatusRuntimeException;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.CancellationException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The one mapping of failures to statuses; {@code docs/api.md} has it as a table, and a test goes
 * through it row by row.
 */
public final class ErrorTable {

  private static final Duration RETRY_AFTER = Duration.ofMillis(500);

  private static final Logger log = LoggerFactory.getLogger(ErrorTable.class);

  /**
   * Returns the status for a failure. What the service is at fault for goes to the log, one line
   * each; what the caller is at fault for does not, nor does a name.
   */
  StatusRuntimeException status(Throwable failure) {
    Throwable cause = Futures.cause(failure);
    if (cause instanceof AccountException account) {
      return status(account);
    }
    // The time ran out while no outbound call was under way to notice it; or the caller left, and
    // nobody hears this.
    if (cause instanceof CancellationException) {
      return status(new AccountException(new StoreUnavailable(RETRY_AFTER)));
    }
    return internal(cause);
  }

  private static StatusRuntimeException status(AccountException failure) {
    AccountError error = failure.error();
    if (failure.getCause() != null) {
      log.warn("{}: {}", error, String.valueOf(failure.getCause()));
    }
    return switch (error) {
      case AccountError.InvalidFields e -> InvalidFieldStatus.of(e.faults());
      case AccountError.UserNotFound e ->
          ErrorStatus.of(Code.NOT_FOUND, ErrorReason.ERROR_REASON_USER_NOT_FOUND)
              .named("username", e.username())
              .named("revision", 0)
              .resource("User", e.username())
              .because("user %s does not exist".formatted(e.username()));
      case AccountError.OrganizationNotFound e ->
          ErrorStatus.of(Code.NOT_FOUND, ErrorReason.ERROR_REASON_ORGANIZATION_NOT_FOUND)
              .named("organization_name", e.organization())
              .named("revision", 0)
              .resource("Organization", e.organization())
              .because("organization %s does not exist".formatted(e.organization()));
      case AccountError.MembershipNotFound e ->
          ErrorStatus.of(Code.NOT_FOUND, ErrorReason.ERROR_REASON_MEMBERSHIP_NOT_FOUND)
              .named("organization_name", e.organization())
              .named("username", e.username())
              .named("revision", e.removal())
              .resource("Membership", e.organization() + "/" + e.username())
              .because("user %s is not a member of %s".formatted(e.username(), e.organization()));
      case AccountError.UserAlreadyExists e ->
          ErrorStatus.of(Code.ALREADY_EXISTS, ErrorReason.ERROR_REASON_USER_ALREADY_EXISTS)
              .named("username", e.username())
              .resource("User", e.username())
              .because("user %s already exists".formatted(e.username()));
      case AccountError.OrganizationAlreadyExists e ->
          ErrorStatus.of(Code.ALREADY_EXISTS, ErrorReason.ERROR_REASON_ORGANIZATION_ALREADY_EXISTS)
              .named("organization_name", e.organization())
              .resource("Organization", e.organization())
              .because("organization %s already exists".formatted(e.organization()));
      case AccountError.MembershipAlreadyExists e ->
          ErrorStatus.of(Code.ALREADY_EXISTS, ErrorReason.ERROR_REASON_MEMBERSHIP_ALREADY_EXISTS)
              .named("organization_name", e.organization())
              .named("username", e.username())
              .resource("Membership", e.organization() + "/" + e.username())
              .because(
                  "user %s is already a member of %s".formatted(e.username(), e.organization()));
      case AccountError.RoleRequired e -> RuleStatus.of(e);
      case AccountError.LastOwner e -> RuleStatus.of(e);
      case AccountError.RevisionMismatch e -> RuleStatus.of(e);
      case AccountError.RequestIdReused e ->
          ErrorStatus.of(Code.INVALID_ARGUMENT, ErrorReason.ERROR_REASON_REQUEST_ID_REUSED)
              .named("request_id", e.requestId())
              .violation("request_id", "used before for another request")
              .because(
                  "request_id: %s (expected: an id not used before for another request)"
                      .formatted(e.requestId()));
      case AccountError.Overloaded e ->
          ErrorStatus.of(Code.RESOURCE_EXHAUSTED, ErrorReason.ERROR_REASON_OVERLOADED)
              .retryAfter(e.retryAfter())
              .because("this instance has too much to do");
      case AccountError.StoreThrottled e ->
          ErrorStatus.of(Code.RESOURCE_EXHAUSTED, ErrorReason.ERROR_REASON_STORE_THROTTLED)
              .retryAfter(e.retryAfter())
              .because("the store is throttled or what was asked for is contended");
      case AccountError.StoreUnavailable e ->
          ErrorStatus.of(Code.UNAVAILABLE, ErrorReason.ERROR_REASON_STORE_UNAVAILABLE)
              .retryAfter(e.retryAfter())
              .because(
                  "the store is out of reach; the outcome of a change is unknown, repeat it with"
                      + " the same request_id");
    };
  }

  private static StatusRuntimeException internal(Throwable failure) {
    String id = UUID.randomUUID().toString();
    log.error("internal error {}", id, failure);
    return ErrorStatus.of(Code.INTERNAL, ErrorReason.ERROR_REASON_INTERNAL)
        .named("error_id", id)
        .because("internal error %s".formatted(id));
  }
}
