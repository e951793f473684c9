package accounts.grpc;

import accounts.domain.AccountError.LastOwner;
import accounts.domain.AccountError.RevisionMismatch;
import accounts.domain.AccountError.RoleRequired;
import accounts.domain.AccountError.ScopeRequired;
import accounts.domain.AccountError.TooManyLabels;
import accounts.domain.AccountError.UidMismatch;
import accounts.domain.EntityKey;
import accounts.domain.EntityKey.MembershipKey;
import accounts.domain.EntityKey.OrganizationKey;
import accounts.domain.EntityKey.UserKey;
import accounts.domain.Labels;
import accounts.domain.Role;
import accounts.v1.ErrorReason;
import com.google.rpc.Code;
import io.grpc.StatusRuntimeException;
import java.util.stream.Collectors;

/** Builds the statuses of refusals by the rules. */
final class RuleStatus {

  private RuleStatus() {}

  static StatusRuntimeException of(RoleRequired error) {
    String has = error.has().map(role -> Messages.of(role).name()).orElse("NONE");
    String required =
        error.required().stream()
            .sorted()
            .map((Role role) -> Messages.of(role).name())
            .collect(Collectors.joining(","));
    return ErrorStatus.of(Code.PERMISSION_DENIED, ErrorReason.ERROR_REASON_ROLE_REQUIRED)
        .named("organization_name", error.organization())
        .named("username", error.actingUser())
        .named("role", has)
        .named("required", required)
        .because(
            "user %s may not do this in %s: role is %s (expected: %s)"
                .formatted(
                    error.actingUser(),
                    error.organization(),
                    has.equals("NONE") ? "none" : has,
                    required.replace(",", " or ")));
  }

  static StatusRuntimeException of(ScopeRequired error) {
    ErrorStatus status =
        ErrorStatus.of(Code.PERMISSION_DENIED, ErrorReason.ERROR_REASON_SCOPE_REQUIRED)
            .named("scope", error.scope());
    error.actingUser().ifPresent(user -> status.named("username", user));
    return status.because(
        error
            .actingUser()
            .map(user ->
                "the caller may not act as user %s (expected: a token of that user, or of a service with scope %s)"
                    .formatted(user, error.scope()))
            .orElseGet(() -> "the caller lacks scope %s".formatted(error.scope())));
  }

  static StatusRuntimeException of(LastOwner error) {
    return ErrorStatus.of(Code.FAILED_PRECONDITION, ErrorReason.ERROR_REASON_LAST_OWNER)
        .named("organization_name", error.organization())
        .named("username", error.username())
        .precondition(
            "LAST_OWNER",
            error.organization() + "/" + error.username(),
            "make another member an owner first")
        .because(
            "user %s is the last owner of %s (expected: another owner)"
                .formatted(error.username(), error.organization()));
  }

  static StatusRuntimeException of(TooManyLabels error) {
    ErrorStatus status =
        ErrorStatus.of(Code.FAILED_PRECONDITION, ErrorReason.ERROR_REASON_TOO_MANY_LABELS)
            .named("labels", error.labels());
    named(status, error.key());
    return status.because(
        "labels: %d (expected: at most %d after the change)"
            .formatted(error.labels(), Labels.MOST));
  }

  static StatusRuntimeException of(RevisionMismatch error) {
    ErrorStatus status =
        ErrorStatus.of(Code.ABORTED, ErrorReason.ERROR_REASON_REVISION_MISMATCH)
            .named("expected_revision", error.expected())
            .named("revision", error.actual());
    named(status, error.key());
    return status.because(
        "expected_revision: %s (expected: %s, the current revision; read it again)"
            .formatted(error.expected(), error.actual()));
  }

  static StatusRuntimeException of(UidMismatch error) {
    ErrorStatus status =
        ErrorStatus.of(Code.FAILED_PRECONDITION, ErrorReason.ERROR_REASON_UID_MISMATCH)
            .named("expected_uid", error.expected())
            .named("uid", error.actual())
            .named("revision", error.revision());
    named(status, error.key());
    return status.because(
        "expected_uid: %s (expected: %s, which has the name now)"
            .formatted(error.expected(), error.actual()));
  }

  private static void named(ErrorStatus status, EntityKey<?> key) {
    switch (key) {
      case UserKey user -> status.named("username", user.username());
      case OrganizationKey organization ->
          status.named("organization_name", organization.organization());
      case MembershipKey membership ->
          status
              .named("organization_name", membership.organization())
              .named("username", membership.username());
    }
  }
}
