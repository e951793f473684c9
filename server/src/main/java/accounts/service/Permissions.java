package accounts.service;

import accounts.domain.AccountError.Refusal;
import accounts.domain.AccountError.RoleRequired;
import accounts.domain.EntityKey.MembershipKey;
import accounts.domain.Lookup;
import accounts.domain.Membership;
import accounts.domain.Role;
import java.util.Optional;
import java.util.Set;

/** The permission rules for memberships: owners may change any, admins those below owner. */
final class Permissions {

  private Permissions() {}

  /**
   * Returns why the acting user may not do something; empty if it may.
   *
   * @param acting its membership, found under {@code key}
   * @param required roles that would do
   */
  static Optional<Refusal> refusal(
      Lookup<Membership> acting, MembershipKey key, Set<Role> required) {
    Optional<Role> has = acting.toOptional().map(Membership::role);
    return has.filter(required::contains).isPresent()
        ? Optional.empty()
        : Optional.of(new RoleRequired(key.organization(), key.username(), has, required));
  }
}
