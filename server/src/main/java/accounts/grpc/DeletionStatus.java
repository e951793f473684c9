package accounts.grpc;

import accounts.domain.AccountError.BeingDeleted;
import accounts.domain.AccountError.DeletionUnfinished;
import accounts.domain.AccountError.HasMemberships;
import accounts.domain.AccountError.NotDeleted;
import accounts.domain.EntityKey.AccountKey;
import accounts.domain.EntityKey.MembershipKey;
import accounts.domain.EntityKey.OrganizationKey;
import accounts.domain.EntityKey.UserKey;
import accounts.v1.ErrorReason;
import com.google.rpc.Code;
import io.grpc.StatusRuntimeException;

/** Builds the statuses of errors about deletions. */
final class DeletionStatus {

  private DeletionStatus() {}

  static StatusRuntimeException of(HasMemberships error) {
    ErrorStatus status =
        named(
            ErrorStatus.of(Code.FAILED_PRECONDITION, ErrorReason.ERROR_REASON_HAS_MEMBERSHIPS),
            error.key());
    status.named("more", error.more());
    for (MembershipKey key : error.first()) {
      status.precondition(
          "HAS_MEMBERSHIPS", key.organization() + "/" + key.username(), "remove it first");
    }
    return status.because(
        "%s has memberships (expected: none, or force)".formatted(described(error.key())));
  }

  static StatusRuntimeException of(BeingDeleted error) {
    return named(
            ErrorStatus.of(Code.FAILED_PRECONDITION, ErrorReason.ERROR_REASON_BEING_DELETED),
            error.key())
        .because("%s is being deleted".formatted(described(error.key())));
  }

  static StatusRuntimeException of(NotDeleted error) {
    return ErrorStatus.of(Code.FAILED_PRECONDITION, ErrorReason.ERROR_REASON_NOT_DELETED)
        .named("username", error.username())
        .because("user %s is not deleted (expected: deleted)".formatted(error.username()));
  }

  static StatusRuntimeException of(DeletionUnfinished error) {
    return named(
            ErrorStatus.of(Code.UNAVAILABLE, ErrorReason.ERROR_REASON_DELETION_UNFINISHED),
            error.key())
        .retryAfter(error.retryAfter())
        .because(
            "the deletion of %s goes on; repeat the request to learn of its end"
                .formatted(described(error.key())));
  }

  private static ErrorStatus named(ErrorStatus status, AccountKey<?> key) {
    return switch (key) {
      case UserKey user -> status.named("username", user.username());
      case OrganizationKey organization ->
          status.named("organization_name", organization.organization());
    };
  }

  private static String described(AccountKey<?> key) {
    return switch (key) {
      case UserKey user -> "user " + user.username();
      case OrganizationKey organization -> "organization " + organization.organization();
    };
  }
}
