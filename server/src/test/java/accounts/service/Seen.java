package accounts.service;

import accounts.domain.AccountError.Refusal;
import accounts.domain.DisplayName;
import accounts.domain.Entity;
import accounts.domain.EntityKey;
import accounts.domain.EntityKey.MembershipKey;
import accounts.domain.EntityKey.OrganizationKey;
import accounts.domain.EntityKey.UserKey;
import accounts.domain.Labels;
import accounts.domain.Lookup;
import accounts.domain.Membership;
import accounts.domain.Organization;
import accounts.domain.OrganizationName;
import accounts.domain.PersonName;
import accounts.domain.Revision;
import accounts.domain.Role;
import accounts.domain.User;
import accounts.domain.UserState;
import accounts.domain.Username;
import accounts.store.Change;
import accounts.store.Lookups;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What a rule is shown: nothing is there but what the test says. Not thread-safe. */
final class Seen {

  static final Instant BEFORE = Instant.ofEpochMilli(1_000);
  static final Instant NOW = Instant.ofEpochMilli(2_000);

  static final OrganizationName ORG = new OrganizationName("olivias-org");
  static final DisplayName ORG_DISPLAYED = DisplayName.of("Olivia's Org");
  static final Username OLIVIA = new Username("olivia");
  static final Username NOAH = new Username("noah");

  private final Map<EntityKey<?>, Entity> found = new HashMap<>();
  private final Map<EntityKey<?>, Revision> removals = new HashMap<>();

  static Seen nothing() {
    return new Seen();
  }

  /** The organization and both users are there; nobody is a member. */
  static Seen organizationAndUsers() {
    return nothing().with(organization()).with(user(OLIVIA)).with(user(NOAH));
  }

  Seen with(Entity entity) {
    found.put(entity.key(), entity);
    return this;
  }

  Seen member(Username username, Role role) {
    return with(membership(username, role, 3));
  }

  Seen removed(EntityKey<?> key, long revision) {
    removals.put(key, new Revision(revision));
    return this;
  }

  /** Decides, shown exactly what the mutation reads. */
  Decision decide(Mutation mutation) {
    Lookups.Builder lookups = Lookups.builder();
    for (EntityKey<?> key : mutation.readSet()) {
      Entity entity = found.get(key);
      if (entity == null) {
        absent(lookups, key);
      } else {
        lookups.found(entity);
      }
    }
    return mutation.decide(lookups.build(), NOW);
  }

  private void absent(Lookups.Builder lookups, EntityKey<?> key) {
    Revision removal = removals.getOrDefault(key, Revision.NONE);
    switch (key) {
      case UserKey k -> lookups.put(k, new Lookup.Absent<>(removal));
      case OrganizationKey k -> lookups.put(k, new Lookup.Absent<>(removal));
      case MembershipKey k -> lookups.put(k, new Lookup.Absent<>(removal));
    }
  }

  static Decision refuse(Refusal refusal) {
    return new Decision.Refuse(refusal);
  }

  static Decision proceed(Entity result, Change... changes) {
    return new Decision.Proceed(List.of(changes), List.of(result));
  }

  static Change requireRole(Username username, Role... roles) {
    return new Change.RequireRole(ORG, username, Set.of(roles));
  }

  static User user(Username username) {
    return new User(
        username,
        new PersonName("Given"),
        new PersonName("Family"),
        UserState.ACTIVE,
        false,
        Labels.NONE,
        new Revision(5),
        BEFORE,
        BEFORE);
  }

  /** The user of {@link #user}, suspended since. */
  static User suspended(Username username) {
    return user(username).inState(UserState.SUSPENDED, BEFORE);
  }

  static Organization organization() {
    return new Organization(
        ORG, "Olivia's Org", OLIVIA, false, Labels.NONE, Revision.FIRST, BEFORE, BEFORE);
  }

  static Membership membership(Username username, Role role, long revision) {
    return new Membership(ORG, username, role, new Revision(revision), BEFORE, BEFORE);
  }

  static MembershipKey key(Username username) {
    return new MembershipKey(ORG, username);
  }
}
