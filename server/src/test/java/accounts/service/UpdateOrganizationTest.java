package accounts.service;

import static accounts.service.Seen.BEFORE;
import static accounts.service.Seen.NOAH;
import static accounts.service.Seen.NOW;
import static accounts.service.Seen.OLIVIA;
import static accounts.service.Seen.ORG;
import static accounts.service.Seen.proceed;
import static accounts.service.Seen.refuse;
import static accounts.service.Seen.requireRole;
import static org.assertj.core.api.Assertions.assertThat;

import accounts.domain.AccountError.OrganizationNotFound;
import accounts.domain.AccountError.RevisionMismatch;
import accounts.domain.AccountError.RoleRequired;
import accounts.domain.AccountError.TooManyLabels;
import accounts.domain.AccountError.UserNotFound;
import accounts.domain.AccountError.UserSuspended;
import accounts.domain.DisplayText;
import accounts.domain.EntityKey.MembershipKey;
import accounts.domain.EntityKey.OrganizationKey;
import accounts.domain.LabelChange;
import accounts.domain.LabelKey;
import accounts.domain.Labels;
import accounts.domain.Organization;
import accounts.domain.Revision;
import accounts.domain.Role;
import accounts.domain.Samples;
import accounts.store.Change;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

final class UpdateOrganizationTest {

  private static final Set<Role> REQUIRED = Set.of(Role.OWNER, Role.ADMIN);

  @ParameterizedTest
  @EnumSource(names = {"OWNER", "ADMIN"})
  void decide_otherName_replacesItAndKeepsTheSlug(Role role) {
    Organization then =
        new Organization(ORG, "オリビアの会", OLIVIA, false, Labels.NONE, new Revision(2), BEFORE, NOW);

    assertThat(seen(role).decide(update("オリビアの会", 0)))
        .isEqualTo(
            proceed(
                then,
                new Change.Replace(then),
                new Change.RequireActive(NOAH),
                requireRole(NOAH, Role.OWNER, Role.ADMIN)));
  }

  @Test
  void decide_labels_setsAndRemovesThemAndKeepsTheName() {
    Organization before =
        Samples.labelled(Seen.organization(), Labels.of(Map.of("plan", "free", "team", "red")));
    Labels labels = Labels.of(Map.of("plan", "paid"));
    Organization then = before.updated("Olivia's Org", labels, NOW);

    assertThat(
            seen(Role.ADMIN)
                .with(before)
                .decide(label(new LabelChange(labels, List.of(new LabelKey("team"))))))
        .isEqualTo(
            proceed(
                then,
                new Change.Replace(then, before.labels()),
                new Change.RequireActive(NOAH),
                requireRole(NOAH, Role.OWNER, Role.ADMIN)));
  }

  @Test
  void decide_labelThatIsNotThere_keepsTheRevision() {
    assertThat(
            seen(Role.ADMIN)
                .decide(label(new LabelChange(Labels.NONE, List.of(new LabelKey("plan"))))))
        .isEqualTo(
            proceed(
                Seen.organization(),
                new Change.Keep(Seen.organization()),
                new Change.RequireActive(NOAH),
                requireRole(NOAH, Role.OWNER, Role.ADMIN)));
  }

  @Test
  void decide_tooManyLabels_isRefused() {
    Map<String, String> full = new HashMap<>();
    IntStream.range(0, Labels.MOST).forEach(i -> full.put("k" + i, ""));
    Organization before = Samples.labelled(Seen.organization(), Labels.of(full));

    assertThat(
            seen(Role.ADMIN)
                .with(before)
                .decide(label(new LabelChange(Labels.of(Map.of("new", "")), List.of()))))
        .isEqualTo(refuse(new TooManyLabels(before.key(), 33)));
  }

  private static UpdateOrganization label(LabelChange change) {
    return new UpdateOrganization(ORG, Optional.empty(), change, NOAH, Revision.NONE);
  }

  @Test
  void decide_sameName_keepsTheRevision() {
    assertThat(seen(Role.ADMIN).decide(update("Olivia's Org", 1)))
        .isEqualTo(
            proceed(
                Seen.organization(),
                new Change.Keep(Seen.organization()),
                new Change.RequireActive(NOAH),
                requireRole(NOAH, Role.OWNER, Role.ADMIN)));
  }

  @Test
  void decide_member_isRefused() {
    assertThat(seen(Role.MEMBER).decide(update("New", 0)))
        .isEqualTo(refuse(new RoleRequired(ORG, NOAH, Optional.of(Role.MEMBER), REQUIRED)));
  }

  @Test
  void decide_stranger_isRefusedWhateverTheRevision() {
    assertThat(Seen.organizationAndUsers().decide(update("New", 7)))
        .isEqualTo(refuse(new RoleRequired(ORG, NOAH, Optional.empty(), REQUIRED)));
  }

  @Test
  void decide_suspended_isRefused() {
    Seen seen = seen(Role.OWNER).with(Seen.suspended(NOAH));

    assertThat(seen.decide(update("New", 0))).isEqualTo(refuse(new UserSuspended(NOAH)));
  }

  @Test
  void decide_actingUserIsGone_isRefused() {
    Seen seen = Seen.nothing().with(Seen.organization()).with(Seen.membership(NOAH, Role.OWNER, 3));

    assertThat(seen.decide(update("New", 0))).isEqualTo(refuse(new UserNotFound(NOAH)));
  }

  @ParameterizedTest
  @ValueSource(strings = {"New", "Olivia's Org"})
  void decide_otherRevision_isRefusedEvenWithoutChange(String name) {
    assertThat(seen(Role.OWNER).decide(update(name, 2)))
        .isEqualTo(
            refuse(
                new RevisionMismatch(new OrganizationKey(ORG), new Revision(2), Revision.FIRST)));
  }

  @Test
  void decide_noSuchOrganization_isRefused() {
    assertThat(Seen.nothing().with(Seen.user(NOAH)).decide(update("New", 0)))
        .isEqualTo(refuse(new OrganizationNotFound(ORG)));
  }

  @Test
  void readSet_isAllThatTheDecisionReads() {
    assertThat(update("New", 0).readSet())
        .contains(new OrganizationKey(ORG), new MembershipKey(ORG, NOAH))
        .hasSize(3);
  }

  private static Seen seen(Role role) {
    return Seen.organizationAndUsers().member(NOAH, role);
  }

  private static UpdateOrganization update(String name, long expected) {
    return new UpdateOrganization(
        ORG, Optional.of(new DisplayText(name)), LabelChange.NOTHING, NOAH, new Revision(expected));
  }
}
