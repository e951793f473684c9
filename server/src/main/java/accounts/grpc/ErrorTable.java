package accounts.grpc;

import accounts.domain.AccountError;
import accounts.v1.ErrorReason;
import com.google.rpc.Code;
import io.grpc.StatusRuntimeException;

/**
 * Maps every error to its status and details; {@code docs/api.md} shows the same table, and a test
 * checks each row.
 */
final class ErrorTable {

  private ErrorTable() {}

  /**
   * Returns the status of an error.
   *
   * @param isChange whether the call was to change something
   */
  static StatusRuntimeException status(AccountError error, boolean isChange) {
    return switch (error) {
      case AccountError.InvalidFields e -> InvalidFieldStatus.of(e.faults());
      case AccountError.UserNotFound e ->
          ErrorStatus.of(Code.NOT_FOUND, ErrorReason.ERROR_REASON_USER_NOT_FOUND)
              .named("username", e.username())
              .named("revision", e.removal())
              .resource("User", e.username())
              .because("user %s does not exist".formatted(e.username()));
      case AccountError.OrganizationNotFound e ->
          ErrorStatus.of(Code.NOT_FOUND, ErrorReason.ERROR_REASON_ORGANIZATION_NOT_FOUND)
              .named("organization_name", e.organization())
              .named("revision", e.removal())
              .resource("Organization", e.organization())
              .because("organization %s does not exist".formatted(e.organization()));
      case AccountError.MembershipNotFound e ->
          ErrorStatus.of(Code.NOT_FOUND, ErrorReason.ERROR_REASON_MEMBERSHIP_NOT_FOUND)
              .named("organization_name", e.organization())
              .named("username", e.username())
              .named("revision", e.removal())
              .resource("Membership", e.organization() + "/" + e.username())
              .because("user %s is not a member of %s".formatted(e.username(), e.organization()));
      case AccountError.InvitationNotFound e ->
          ErrorStatus.of(Code.NOT_FOUND, ErrorReason.ERROR_REASON_INVITATION_NOT_FOUND)
              .named("organization_name", e.organization())
              .named("username", e.username())
              .resource("Invitation", e.organization() + "/" + e.username())
              .because(
                  "user %s has no invitation to %s that can be accepted"
                      .formatted(e.username(), e.organization()));
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
      case AccountError.UserSuspended e ->
          ErrorStatus.of(Code.PERMISSION_DENIED, ErrorReason.ERROR_REASON_USER_SUSPENDED)
              .named("username", e.username())
              .because("user %s is suspended".formatted(e.username()));
      case AccountError.LastOwner e -> RuleStatus.of(e);
      case AccountError.TooManyLabels e -> RuleStatus.of(e);
      case AccountError.HasMemberships e -> DeletionStatus.of(e);
      case AccountError.BeingDeleted e -> DeletionStatus.of(e);
      case AccountError.NotDeleted e -> DeletionStatus.of(e);
      case AccountError.DeletionUnfinished e -> DeletionStatus.of(e);
      case AccountError.RevisionMismatch e -> RuleStatus.of(e);
      case AccountError.UidMismatch e -> RuleStatus.of(e);
      case AccountError.Unauthenticated e ->
          ErrorStatus.of(Code.UNAUTHENTICATED, ErrorReason.ERROR_REASON_UNAUTHENTICATED)
              .because("unauthenticated: " + e.why());
      case AccountError.IssuerUnavailable e ->
          ErrorStatus.of(Code.UNAVAILABLE, ErrorReason.ERROR_REASON_ISSUER_UNAVAILABLE)
              .named("issuer", e.issuer())
              .retryAfter(e.retryAfter())
              .because(
                  "the keys of issuer %s could not be fetched yet; try again"
                      .formatted(e.issuer()));
      case AccountError.ScopeRequired e -> RuleStatus.of(e);
      case AccountError.RequestIdReused e ->
          ErrorStatus.of(Code.INVALID_ARGUMENT, ErrorReason.ERROR_REASON_REQUEST_ID_REUSED)
              .named("request_id", e.requestId())
              .violation("request_id", "used before for another request")
              .because(
                  "request_id: %s (expected: an id not used before for another request)"
                      .formatted(e.requestId()));
      case AccountError.WatchTokenExpired e ->
          ErrorStatus.of(Code.OUT_OF_RANGE, ErrorReason.ERROR_REASON_WATCH_TOKEN_EXPIRED)
              .because("changes after this token are no longer kept; read anew, then watch");
      case AccountError.WatchTooSlow e ->
          ErrorStatus.of(Code.RESOURCE_EXHAUSTED, ErrorReason.ERROR_REASON_WATCH_TOO_SLOW)
              .named("token", e.token())
              .because("the caller is too slow for this watch; go on with its token");
      case AccountError.WatchEnded e ->
          ErrorStatus.of(Code.UNAVAILABLE, ErrorReason.ERROR_REASON_WATCH_ENDED)
              .named("token", e.token())
              .because("this instance stops; go on with the token");
      case AccountError.WatchNotOffered e ->
          ErrorStatus.of(Code.FAILED_PRECONDITION, ErrorReason.ERROR_REASON_WATCH_NOT_OFFERED)
              .because("this instance does not read the table's changes (ACCOUNTS_REPAIR)");
      case AccountError.Overloaded e ->
          ErrorStatus.of(Code.RESOURCE_EXHAUSTED, ErrorReason.ERROR_REASON_OVERLOADED)
              .retryAfter(e.retryAfter())
              .because("this instance is overloaded");
      case AccountError.StoreThrottled e ->
          ErrorStatus.of(Code.RESOURCE_EXHAUSTED, ErrorReason.ERROR_REASON_STORE_THROTTLED)
              .retryAfter(e.retryAfter())
              .because("DynamoDB throttles, or the entity is contended");
      case AccountError.StoreUnavailable e ->
          ErrorStatus.of(Code.UNAVAILABLE, ErrorReason.ERROR_REASON_STORE_UNAVAILABLE)
              .retryAfter(e.retryAfter())
              .because(
                  isChange
                      ? "DynamoDB is unreachable; the outcome of the change is unknown, repeat it with the same request_id"
                      : "DynamoDB is unreachable; try again");
    };
  }

  /**
   * Returns the status of a fault of the service itself.
   *
   * @param id by which the fault is found in the log
   */
  static StatusRuntimeException internal(String id) {
    return ErrorStatus.of(Code.INTERNAL, ErrorReason.ERROR_REASON_INTERNAL)
        .named("error_id", id)
        .because("internal error %s".formatted(id));
  }
}
