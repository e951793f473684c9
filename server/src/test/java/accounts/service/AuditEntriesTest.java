package accounts.service;

import static accounts.domain.Samples.CREATED;
import static accounts.domain.Samples.LABELS;
import static accounts.domain.Samples.membership;
import static accounts.domain.Samples.membershipKey;
import static accounts.domain.Samples.organizationKey;
import static accounts.domain.Samples.organizationName;
import static accounts.domain.Samples.user;
import static accounts.domain.Samples.userKey;
import static accounts.domain.Samples.username;
import static org.assertj.core.api.Assertions.assertThat;

import accounts.domain.DisplayName;
import accounts.domain.DisplayText;
import accounts.domain.EntityKey;
import accounts.domain.LabelChange;
import accounts.domain.Labels;
import accounts.domain.PersonName;
import accounts.domain.RequestId;
import accounts.domain.Revision;
import accounts.domain.Role;
import accounts.store.AuditEntry;
import accounts.store.AuditEntry.Action;
import accounts.store.Change;
import accounts.store.Origin;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The entries that are committed with each mutation. */
final class AuditEntriesTest extends MutationFixture {

  private static final Optional<Role> NONE = Optional.empty();

  @BeforeEach
  void givenOliviasOrganization() {
    givenOrganization("olivia");
    given(new Change.Create(user("noah")));
    given(new Change.Create(membership("org", "noah", Role.MEMBER)));
    given(new Change.Create(user("emma")));
  }

  @Test
  void createUser_new_isCreatedByNobodyInTheService() {
    run(createUser("alice"));

    assertThat(entries())
        .containsExactly(
            entry(userKey("alice"), Action.CREATED, 1, Optional.empty(), List.of(), NONE, NONE));
  }

  @Test
  void updateUser_bothNames_namesTheFields() {
    run(
        new UpdateUser(
            username("noah"),
            Optional.of(new PersonName("New")),
            Optional.of(new PersonName("Name")),
            LabelChange.NOTHING,
            Revision.NONE));

    assertThat(entries())
        .containsExactly(
            entry(
                userKey("noah"),
                Action.UPDATED,
                2,
                Optional.of("noah"),
                List.of("first_name", "last_name"),
                NONE,
                NONE));
  }

  @Test
  void updateUser_oneNameDifferent_namesThatField() {
    run(
        new UpdateUser(
            username("noah"),
            Optional.of(user("noah").firstName()),
            Optional.of(new PersonName("Name")),
            LabelChange.NOTHING,
            Revision.NONE));

    assertThat(entries())
        .singleElement()
        .extracting(AuditEntry::changedFields)
        .isEqualTo(List.of("last_name"));
  }

  @Test
  void updateUser_labels_namesTheFieldAndNoKey() {
    run(
        new UpdateUser(
            username("noah"),
            Optional.empty(),
            Optional.empty(),
            new LabelChange(LABELS, List.of()),
            Revision.NONE));

    assertThat(entries())
        .singleElement()
        .extracting(AuditEntry::changedFields)
        .isEqualTo(List.of("labels"));
  }

  @Test
  void updateOrganization_labels_namesTheFieldAndNoKey() {
    run(
        new UpdateOrganization(
            organizationName("org"),
            Optional.empty(),
            new LabelChange(LABELS, List.of()),
            username("olivia"),
            Revision.NONE));

    assertThat(entries())
        .singleElement()
        .extracting(AuditEntry::changedFields)
        .isEqualTo(List.of("labels"));
  }

  @Test
  void updateOrganization_otherName_namesTheField() {
    run(
        new UpdateOrganization(
            organizationName("org"),
            Optional.of(new DisplayText("New")),
            LabelChange.NOTHING,
            username("olivia"),
            Revision.NONE));

    assertThat(entries())
        .containsExactly(
            entry(
                organizationKey("org"),
                Action.UPDATED,
                2,
                Optional.of("olivia"),
                List.of("display_name"),
                NONE,
                NONE));
  }

  @Test
  void createOrganization_new_hasAnEntryForItAndForItsOwner() {
    run(new CreateOrganization(DisplayName.of("new"), username("noah"), Labels.NONE));

    assertThat(entries())
        .containsExactly(
            entry(
                organizationKey("new"),
                Action.CREATED,
                1,
                Optional.of("noah"),
                List.of(),
                NONE,
                NONE),
            entry(
                membershipKey("new", "noah"),
                Action.CREATED,
                1,
                Optional.of("noah"),
                List.of(),
                NONE,
                Optional.of(Role.OWNER)));
  }

  @Test
  void addUserToOrganization_new_hasTheRole() {
    run(add("emma", Role.ADMIN, "olivia"));

    assertThat(entries())
        .containsExactly(
            entry(
                membershipKey("org", "emma"),
                Action.CREATED,
                1,
                Optional.of("olivia"),
                List.of(),
                NONE,
                Optional.of(Role.ADMIN)));
  }

  @Test
  void changeMemberRole_other_hasBothRoles() {
    run(changeNoah(Role.OWNER));

    assertThat(entries())
        .containsExactly(
            entry(
                membershipKey("org", "noah"),
                Action.UPDATED,
                2,
                Optional.of("olivia"),
                List.of(),
                Optional.of(Role.MEMBER),
                Optional.of(Role.OWNER)));
  }

  @Test
  void removeUserFromOrganization_member_hasTheLastRole() {
    run(remove("noah", "noah"));

    assertThat(entries())
        .containsExactly(
            entry(
                membershipKey("org", "noah"),
                Action.REMOVED,
                2,
                Optional.of("noah"),
                List.of(),
                Optional.of(Role.MEMBER),
                NONE));
  }

  // The first decision is made on an answer that is out of date by then.
  @Test
  void changeMemberRole_changedSinceItWasCached_hasTheRoleThatItReplaced() {
    get(membershipKey("org", "noah"));
    given(new Change.Replace(membership("org", "noah", Role.MEMBER).withRole(Role.ADMIN, CREATED)));
    run(changeNoah(Role.OWNER));

    assertThat(entries())
        .singleElement()
        .satisfies(
            entry -> assertThat(entry.revision()).isEqualTo(new Revision(3)),
            entry -> assertThat(entry.roleBefore()).contains(Role.ADMIN));
  }

  @Test
  void run_nothingToChange_hasNoEntry() {
    run(changeNoah(Role.MEMBER));

    assertThat(entries()).isEmpty();
  }

  @Test
  void run_refused_hasNoEntry() {
    refusal(remove("olivia", "noah"));
    assertThat(error(remove("olivia", "olivia"), REQUEST)).isNotNull();

    assertThat(entries()).isEmpty();
  }

  @Test
  void run_repeated_hasOneEntryWithTheRequestsId() {
    run(createUser("alice"), REQUEST);
    run(createUser("alice"), REQUEST);

    assertThat(entries())
        .singleElement()
        .extracting(entry -> entry.origin().requestId())
        .isEqualTo(Optional.of(REQUEST.requestId()));
  }

  private static ChangeMemberRole changeNoah(Role role) {
    return new ChangeMemberRole(
        organizationName("org"), username("noah"), role, username("olivia"), Revision.NONE);
  }

  /** Returns the entries of all commits that were made. */
  private List<AuditEntry> entries() {
    return truth.entries();
  }

  private static AuditEntry entry(
      EntityKey<?> entity,
      Action action,
      long revision,
      Optional<String> actingUser,
      List<String> changedFields,
      Optional<Role> before,
      Optional<Role> after) {
    Optional<RequestId> noRequestId = Optional.empty();
    return new AuditEntry(
        entity,
        action,
        new Revision(revision),
        CREATED,
        new Origin(Optional.of(CALLER), actingUser.map(name -> username(name)), noRequestId),
        changedFields,
        before,
        after,
        Optional.empty());
  }
}
