package accounts.service;

import accounts.domain.AccountError.Refusal;
import accounts.domain.DisplayText;
import accounts.domain.EntityKey;
import accounts.domain.EntityKey.MembershipKey;
import accounts.domain.EntityKey.OrganizationKey;
import accounts.domain.EntityKey.UserKey;
import accounts.domain.LabelChange;
import accounts.domain.Lookup;
import accounts.domain.Organization;
import accounts.domain.OrganizationName;
import accounts.domain.Revision;
import accounts.domain.Role;
import accounts.domain.Username;
import accounts.store.Change;
import accounts.store.Lookups;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Changes the display name and the labels of an organization, whose slug stays.
 *
 * @param displayName the new one; empty leaves it
 * @param actingUser an owner or admin
 * @param expected the revision that the organization must have; {@link Revision#NONE}: any
 */
public record UpdateOrganization(
    OrganizationName organization,
    Optional<DisplayText> displayName,
    LabelChange labels,
    Username actingUser,
    Revision expected)
    implements Mutation {

  private static final Set<Role> REQUIRED = Role.ADMIN.sufficient();

  @Override
  public Optional<Username> actor() {
    return Optional.of(actingUser);
  }

  @Override
  public Set<EntityKey<?>> readSet() {
    return Set.of(new OrganizationKey(organization), new UserKey(actingUser), actorsKey());
  }

  @Override
  public Decision decide(Lookups seen, Instant now) {
    OrganizationKey key = new OrganizationKey(organization);
    return switch (seen.get(key)) {
      case Lookup.Found<Organization> found -> decide(seen, found.entity(), now);
      case Lookup.Absent<Organization> absent ->
          new Decision.Refuse(NotFound.of(key, absent.revision()));
    };
  }

  private Decision decide(Lookups seen, Organization found, Instant now) {
    return refusal(seen, found)
        .<Decision>map(Decision.Refuse::new)
        .orElseGet(() -> proceed(found, now));
  }

  private Optional<Refusal> refusal(Lookups seen, Organization found) {
    return Permissions.refusal(seen.get(actorsKey()), actorsKey(), REQUIRED)
        .or(() -> ActingUser.refusal(seen, actingUser))
        .or(() -> EndOfAccount.refusal(seen, found.key()))
        .or(() -> ExpectedRevision.refusal(found.key(), expected, found.revision()))
        .or(() -> LabelLimit.refusal(found, labels));
  }

  private Decision proceed(Organization before, Instant now) {
    Organization updated =
        before.updated(
            displayName.map(DisplayText::value).orElse(before.displayName()),
            labels.after(before.labels()),
            now);
    boolean isSame =
        updated.displayName().equals(before.displayName())
            && updated.labels().equals(before.labels());
    Organization after = isSame ? before : updated;
    Change change = isSame ? new Change.Keep(before) : new Change.Replace(after, before.labels());
    return new Decision.Proceed(
        List.of(
            change,
            new Change.RequireActive(actingUser),
            new Change.RequireRole(organization, actingUser, REQUIRED)),
        List.of(after));
  }

  private MembershipKey actorsKey() {
    return new MembershipKey(organization, actingUser);
  }
}
