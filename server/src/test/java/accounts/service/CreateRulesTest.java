package accounts.service;

import static accounts.service.Seen.BEFORE;
import static accounts.service.Seen.NOAH;
import static accounts.service.Seen.NOW;
import static accounts.service.Seen.OLIVIA;
import static accounts.service.Seen.ORG;
import static accounts.service.Seen.ORG_DISPLAYED;
import static accounts.service.Seen.refuse;
import static org.assertj.core.api.Assertions.assertThat;

import accounts.domain.AccountError.OrganizationAlreadyExists;
import accounts.domain.AccountError.UserAlreadyExists;
import accounts.domain.AccountError.UserNotFound;
import accounts.domain.AccountError.UserSuspended;
import accounts.domain.EntityKey.OrganizationKey;
import accounts.domain.EntityKey.UserKey;
import accounts.domain.Labels;
import accounts.domain.Membership;
import accounts.domain.Organization;
import accounts.domain.PersonName;
import accounts.domain.Revision;
import accounts.domain.Role;
import accounts.domain.User;
import accounts.domain.UserState;
import accounts.store.Change;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** {@link CreateUser} and {@link CreateOrganization}. */
final class CreateRulesTest {

  private static final PersonName FIRST = new PersonName("Olivia");
  private static final PersonName LAST = new PersonName("Ray");
  private static final Labels LABELS = new Labels(Map.of("plan", "free"));
  private static final CreateUser CREATE_USER = new CreateUser(OLIVIA, FIRST, LAST, LABELS);
  private static final CreateOrganization CREATE_ORGANIZATION =
      new CreateOrganization(ORG_DISPLAYED, OLIVIA, LABELS);
  private static final Organization CREATED =
      new Organization(ORG, "Olivia's Org", OLIVIA, false, LABELS, Revision.FIRST, NOW, NOW);

  @Test
  void createUser_nameFree_createsFirstRevision() {
    User user =
        new User(OLIVIA, FIRST, LAST, UserState.ACTIVE, false, LABELS, Revision.FIRST, NOW, NOW);

    assertThat(Seen.nothing().decide(CREATE_USER))
        .isEqualTo(Seen.proceed(user, new Change.Create(user)));
    assertThat(CREATE_USER.readSet()).containsExactly(new UserKey(OLIVIA));
  }

  @Test
  void createUser_nameTaken_isRefused() {
    assertThat(Seen.nothing().with(Seen.user(OLIVIA)).decide(CREATE_USER))
        .isEqualTo(refuse(new UserAlreadyExists(OLIVIA)));
  }

  @Test
  void createOrganization_nameFree_createsItWithItsOwner() {
    Membership ownership = new Membership(ORG, OLIVIA, Role.OWNER, Revision.FIRST, NOW, NOW);

    assertThat(Seen.nothing().with(Seen.user(OLIVIA)).decide(CREATE_ORGANIZATION))
        .isEqualTo(proceed(ownership));
    assertThat(CREATE_ORGANIZATION.readSet())
        .containsExactlyInAnyOrder(new UserKey(OLIVIA), new OrganizationKey(ORG), Seen.key(OLIVIA));
  }

  @Test
  void createOrganization_founderRemovedInAnEarlierLife_countsOn() {
    Membership ownership = new Membership(ORG, OLIVIA, Role.OWNER, new Revision(8), NOW, NOW);
    Seen seen = Seen.nothing().with(Seen.user(OLIVIA)).removed(Seen.key(OLIVIA), 7);

    assertThat(seen.decide(CREATE_ORGANIZATION)).isEqualTo(proceed(ownership));
  }

  @Test
  void createOrganization_founderStillMemberInAnEarlierLife_countsOn() {
    Membership left = new Membership(ORG, OLIVIA, Role.MEMBER, new Revision(4), BEFORE, BEFORE);
    Seen seen = Seen.nothing().with(Seen.user(OLIVIA)).with(left);

    assertThat(seen.decide(CREATE_ORGANIZATION))
        .isInstanceOfSatisfying(
            Decision.Proceed.class,
            proceed ->
                assertThat(((Membership) proceed.result().getLast()).revision()).hasToString("5"));
  }

  @Test
  void createOrganization_nameTaken_isRefused() {
    Seen seen = Seen.nothing().with(Seen.user(OLIVIA)).with(Seen.organization());

    assertThat(seen.decide(CREATE_ORGANIZATION))
        .isEqualTo(refuse(new OrganizationAlreadyExists(ORG)));
  }

  @Test
  void createOrganization_noSuchFounder_isRefusedEvenWhereTheNameIsTaken() {
    Mutation byNoah = new CreateOrganization(ORG_DISPLAYED, NOAH, LABELS);

    assertThat(Seen.nothing().decide(byNoah)).isEqualTo(refuse(new UserNotFound(NOAH)));
    assertThat(Seen.nothing().with(Seen.organization()).decide(byNoah))
        .isEqualTo(refuse(new UserNotFound(NOAH)));
  }

  @Test
  void createOrganization_founderSuspended_isRefused() {
    Seen seen = Seen.nothing().with(Seen.suspended(OLIVIA));

    assertThat(seen.decide(CREATE_ORGANIZATION)).isEqualTo(refuse(new UserSuspended(OLIVIA)));
  }

  private static Decision proceed(Membership ownership) {
    return new Decision.Proceed(
        List.of(
            new Change.Create(CREATED),
            new Change.Create(ownership),
            new Change.RequireActive(OLIVIA)),
        List.of(CREATED, ownership));
  }
}
