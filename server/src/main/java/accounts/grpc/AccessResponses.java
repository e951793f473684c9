package accounts.grpc;

import accounts.service.AccessDecision;
import accounts.service.AccessDecision.Reason;
import accounts.service.AccessDecisions;
import accounts.v1.AccessReason;
import accounts.v1.AccessResult;
import accounts.v1.BatchCheckAccessRequest;
import accounts.v1.BatchCheckAccessResponse;
import accounts.v1.CheckAccessResponse;
import accounts.v1.Role;
import com.google.protobuf.Duration;
import java.util.List;
import java.util.function.LongSupplier;
import java.util.stream.IntStream;

/** Builds the responses to checks of access. */
final class AccessResponses {

  private final LongSupplier nanoTime;

  /**
   * @param nanoTime the clock that results are dated by
   */
  AccessResponses(LongSupplier nanoTime) {
    this.nanoTime = nanoTime;
  }

  CheckAccessResponse single(AccessDecisions answer) {
    AccessDecision decision = answer.decisions().getFirst();
    return CheckAccessResponse.newBuilder()
        .setAllowed(decision.isAllowed())
        .setReason(of(decision.reason()))
        .setRole(role(decision))
        .setMembershipRevision(decision.membership().value())
        .setUserRevision(decision.user().value())
        .setSource(Messages.of(answer.source()))
        .setAge(age(answer))
        .build();
  }

  /** Repeats the checks as the request spells them. */
  BatchCheckAccessResponse batch(BatchCheckAccessRequest request, AccessDecisions answer) {
    List<AccessDecision> decisions = answer.decisions();
    return BatchCheckAccessResponse.newBuilder()
        .addAllResults(
            IntStream.range(0, decisions.size())
                .mapToObj(i -> result(request.getChecks(i), decisions.get(i)))
                .toList())
        .setSource(Messages.of(answer.source()))
        .setAge(age(answer))
        .build();
  }

  private static AccessResult result(accounts.v1.AccessCheck check, AccessDecision decision) {
    return AccessResult.newBuilder()
        .setCheck(check)
        .setAllowed(decision.isAllowed())
        .setReason(of(decision.reason()))
        .setRole(role(decision))
        .setMembershipRevision(decision.membership().value())
        .setUserRevision(decision.user().value())
        .build();
  }

  private static Role role(AccessDecision decision) {
    return decision.role().map(Messages::of).orElse(Role.ROLE_UNSPECIFIED);
  }

  private static AccessReason of(Reason reason) {
    return switch (reason) {
      case ROLE -> AccessReason.ACCESS_REASON_ROLE;
      case NOT_A_MEMBER -> AccessReason.ACCESS_REASON_NOT_A_MEMBER;
      case ROLE_TOO_LOW -> AccessReason.ACCESS_REASON_ROLE_TOO_LOW;
      case USER_SUSPENDED -> AccessReason.ACCESS_REASON_USER_SUSPENDED;
      case USER_BEING_DELETED -> AccessReason.ACCESS_REASON_USER_BEING_DELETED;
      case OTHER_USER -> AccessReason.ACCESS_REASON_OTHER_USER;
      case OTHER_ORGANIZATION -> AccessReason.ACCESS_REASON_OTHER_ORGANIZATION;
      case USER_NOT_FOUND -> AccessReason.ACCESS_REASON_USER_NOT_FOUND;
    };
  }

  private Duration age(AccessDecisions answer) {
    return Messages.ofNanos(nanoTime.getAsLong() - answer.asOf());
  }
}
