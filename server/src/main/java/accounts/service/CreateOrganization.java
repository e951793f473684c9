package accounts.service;

import accounts.domain.AccountError.OrganizationAlreadyExists;
import accounts.domain.AccountError.Refusal;
import accounts.domain.DisplayName;
import accounts.domain.EntityKey;
import accounts.domain.EntityKey.MembershipKey;
import accounts.domain.EntityKey.OrganizationKey;
import accounts.domain.EntityKey.UserKey;
import accounts.domain.Labels;
import accounts.domain.Lookup;
import accounts.domain.Membership;
import accounts.domain.Organization;
import accounts.domain.Revision;
import accounts.domain.Role;
import accounts.domain.Username;
import accounts.store.Change;
import accounts.store.Lookups;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Creates an organization and makes its founder the first owner. */
public record CreateOrganization(DisplayName name, Username founder, Labels labels)
    implements Mutation {

  @Override
  public Optional<Username> actor() {
    return Optional.of(founder);
  }

  @Override
  public Set<EntityKey<?>> readSet() {
    return Set.of(organizationKey(), new UserKey(founder), membershipKey());
  }

  @Override
  public Decision decide(Lookups seen, Instant now) {
    Optional<Refusal> refusal = ActingUser.refusal(seen, founder);
    if (refusal.isPresent()) {
      return new Decision.Refuse(refusal.get());
    }
    return switch (seen.get(organizationKey())) {
      case Lookup.Found<Organization> found -> taken();
      case Lookup.Absent<Organization> absent ->
          absent.isReserved(now) ? taken() : created(seen, absent.revision(), now);
    };
  }

  private Decision taken() {
    return new Decision.Refuse(new OrganizationAlreadyExists(name.slug()));
  }

  /** The condition on the revision covers the reservation, which never changes without it. */
  private Decision created(Lookups seen, Revision removal, Instant now) {
    Organization organization = Organization.created(name, founder, labels, removal, now);
    // Counts on from an earlier life.
    Membership ownership =
        Membership.added(membershipKey(), Role.OWNER, seen.get(membershipKey()).revision(), now);
    return new Decision.Proceed(
        List.of(
            new Change.Create(organization),
            new Change.Create(ownership),
            new Change.RequireActive(founder)),
        List.of(organization, ownership));
  }

  private OrganizationKey organizationKey() {
    return new OrganizationKey(name.slug());
  }

  private MembershipKey membershipKey() {
    return new MembershipKey(name.slug(), founder);
  }
}
