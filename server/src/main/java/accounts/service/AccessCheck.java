package accounts.service;

import accounts.domain.EntityKey.MembershipKey;
import accounts.domain.Lookup;
import accounts.domain.Membership;
import accounts.domain.Role;
import accounts.service.AccessDecision.Reason;
import java.util.Optional;

/**
 * The question whether a user has at least a role in an organization.
 *
 * @param membership names the user and the organization
 * @param required the least role that is enough
 */
public record AccessCheck(MembershipKey membership, Role required) {

  /**
   * Decides by the membership alone: while a user and an organization are there, it says what the
   * user may do, and nobody can be added where one of them is not.
   */
  AccessDecision decide(Lookup<Membership> seen) {
    Optional<Role> role = seen.toOptional().map(Membership::role);
    Reason reason =
        role.map(has -> required.sufficient().contains(has) ? Reason.ROLE : Reason.ROLE_TOO_LOW)
            .orElse(Reason.NOT_A_MEMBER);
    return new AccessDecision(reason, role, seen.revision());
  }
}
