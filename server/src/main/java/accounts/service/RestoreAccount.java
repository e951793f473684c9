package accounts.service;

import accounts.domain.Account;
import accounts.domain.AccountError.BeingDeleted;
import accounts.domain.AccountError.OrganizationAlreadyExists;
import accounts.domain.AccountError.Refusal;
import accounts.domain.AccountError.UserAlreadyExists;
import accounts.domain.EntityKey;
import accounts.domain.EntityKey.AccountKey;
import accounts.domain.EntityKey.MembershipKey;
import accounts.domain.EntityKey.OrganizationKey;
import accounts.domain.EntityKey.UserKey;
import accounts.domain.Lookup;
import accounts.domain.Membership;
import accounts.domain.Organization;
import accounts.domain.Role;
import accounts.domain.User;
import accounts.domain.Username;
import accounts.store.Change;
import accounts.store.Lookups;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Restores a deleted user or organization.
 *
 * @param kept what was kept of it, read before; empty if nothing was
 * @param owner the first owner of an organization; empty for a user
 */
record RestoreAccount(AccountKey<?> key, Optional<? extends Account> kept, Optional<Username> owner)
    implements Mutation {

  @Override
  public Optional<Username> actor() {
    return Optional.empty();
  }

  @Override
  public Set<EntityKey<?>> readSet() {
    Set<EntityKey<?>> keys = new LinkedHashSet<>();
    keys.add(key);
    owner.ifPresent(user -> keys.add(new UserKey(user)));
    ownership().ifPresent(keys::add);
    return keys;
  }

  @Override
  public Decision decide(Lookups seen, Instant now) {
    Lookup<? extends Account> answer = seen.get(key);
    return switch (answer) {
      case Lookup.Found<? extends Account> found -> new Decision.Refuse(isThere(found.entity()));
      case Lookup.Absent<? extends Account> absent ->
          kept.filter(account -> absent.isReserved(now))
              .filter(account -> account.revision().equals(absent.revision()))
              .map(account -> restored(account.deleting(false, now), seen, now))
              .orElseGet(() -> new Decision.Refuse(NotFound.of(key, absent.revision())));
    };
  }

  private static Refusal isThere(Account account) {
    if (account.deleting()) {
      return new BeingDeleted(account.key());
    }
    return switch (account) {
      case User user -> new UserAlreadyExists(user.username());
      case Organization organization -> new OrganizationAlreadyExists(organization.name());
    };
  }

  private Decision restored(Account account, Lookups seen, Instant now) {
    Change restore = new Change.Restore(account);
    if (owner.isEmpty() || ownership().isEmpty()) {
      return new Decision.Proceed(List.of(restore), List.of(account));
    }
    Optional<Refusal> refusal = ActingUser.refusal(seen, owner.get());
    if (refusal.isPresent()) {
      return new Decision.Refuse(refusal.get());
    }
    MembershipKey ownership = ownership().get();
    Membership membership =
        Membership.added(ownership, Role.OWNER, seen.get(ownership).revision(), now);
    return new Decision.Proceed(
        List.of(restore, new Change.Create(membership), new Change.RequireActive(owner.get())),
        List.of(account, membership));
  }

  private Optional<MembershipKey> ownership() {
    return key instanceof OrganizationKey organization
        ? owner.map(user -> new MembershipKey(organization.organization(), user))
        : Optional.empty();
  }
}
