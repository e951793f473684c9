package accounts.service;

import static accounts.service.Seen.BEFORE;
import static accounts.service.Seen.NOAH;
import static accounts.service.Seen.NOW;
import static accounts.service.Seen.OLIVIA;
import static accounts.service.Seen.ORG;
import static accounts.service.Seen.organizationAndUsers;
import static accounts.service.Seen.proceed;
import static accounts.service.Seen.refuse;
import static accounts.service.Seen.requireRole;
import static org.assertj.core.api.Assertions.assertThat;

import accounts.domain.AccountError.MembershipNotFound;
import accounts.domain.AccountError.OrganizationNotFound;
import accounts.domain.AccountError.RevisionMismatch;
import accounts.domain.AccountError.RoleRequired;
import accounts.domain.AccountError.UserNotFound;
import accounts.domain.AccountError.UserSuspended;
import accounts.domain.Membership;
import accounts.domain.Revision;
import accounts.domain.Role;
import accounts.domain.Username;
import accounts.store.Change;
import java.util.Arrays;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * {@link ChangeMemberRole} and {@link RemoveUserFromOrganization}: Olivia acts on Noah, who is at
 * revision 3.
 */
final class MemberChangeTest {

  @ParameterizedTest
  @CsvSource({
    "OWNER,ADMIN,MEMBER",
    "OWNER,MEMBER,ADMIN",
    "ADMIN,ADMIN,MEMBER",
    "ADMIN,MEMBER,ADMIN"
  })
  void change_belowOwner_replaces(Role actor, Role before, Role after) {
    assertThat(seen(actor, before).decide(change(after, 0)))
        .isEqualTo(
            proceed(
                then(NOAH, after),
                new Change.Replace(then(NOAH, after)),
                new Change.RequireActive(OLIVIA),
                requireRole(OLIVIA, Role.OWNER, Role.ADMIN)));
  }

  @ParameterizedTest
  @EnumSource(names = {"ADMIN", "MEMBER"})
  void change_promotionToOwner_countsOneMore(Role before) {
    assertThat(seen(Role.OWNER, before).decide(change(Role.OWNER, 0)))
        .isEqualTo(
            proceed(
                then(NOAH, Role.OWNER),
                new Change.Replace(then(NOAH, Role.OWNER)),
                new Change.RequireActive(OLIVIA),
                requireRole(OLIVIA, Role.OWNER),
                new Change.AddOwner(ORG)));
  }

  @ParameterizedTest
  @EnumSource(names = {"ADMIN", "MEMBER"})
  void change_demotionOfOwner_countsOneLess(Role after) {
    assertThat(seen(Role.OWNER, Role.OWNER).decide(change(after, 0)))
        .isEqualTo(
            proceed(
                then(NOAH, after),
                new Change.Replace(then(NOAH, after)),
                new Change.RequireActive(OLIVIA),
                requireRole(OLIVIA, Role.OWNER),
                new Change.DropOwner(ORG, NOAH)));
  }

  @ParameterizedTest
  @CsvSource({"OWNER,OWNER", "OWNER,ADMIN", "OWNER,MEMBER", "ADMIN,ADMIN", "ADMIN,MEMBER"})
  void change_roleItHas_keepsTheRevision(Role actor, Role same) {
    Membership present = Seen.membership(NOAH, same, 3);
    assertThat(seen(actor, same).decide(change(same, 0)))
        .isEqualTo(
            proceed(
                present,
                new Change.Keep(present),
                new Change.RequireActive(OLIVIA),
                new Change.RequireRole(ORG, OLIVIA, same.managers())));
  }

  @ParameterizedTest
  @EnumSource(names = {"ADMIN", "MEMBER"})
  void change_ownerDemotesItself_isGuardedByItsRevision(Role after) {
    Mutation itself = new ChangeMemberRole(ORG, OLIVIA, after, OLIVIA, Revision.NONE);

    assertThat(organizationAndUsers().member(OLIVIA, Role.OWNER).decide(itself))
        .isEqualTo(
            proceed(
                then(OLIVIA, after),
                new Change.Replace(then(OLIVIA, after)),
                new Change.RequireActive(OLIVIA),
                new Change.DropOwner(ORG, OLIVIA)));
    assertThat(itself.readSet()).hasSize(3);
  }

  @Test
  void change_adminPromotesItself_isRefused() {
    Mutation itself = new ChangeMemberRole(ORG, OLIVIA, Role.OWNER, OLIVIA, Revision.NONE);

    assertThat(organizationAndUsers().member(OLIVIA, Role.ADMIN).decide(itself))
        .isEqualTo(roleRequired(Role.ADMIN, Role.OWNER));
  }

  @ParameterizedTest
  @MethodSource("forbiddenChanges")
  void change_actorMayNot_isRefusedWithTheRolesThatWouldDo(
      Optional<Role> actor, Role before, Role after) {
    boolean ownership = before == Role.OWNER || after == Role.OWNER;
    Role[] required = ownership ? new Role[] {Role.OWNER} : new Role[] {Role.OWNER, Role.ADMIN};

    assertThat(seen(actor.orElse(null), before).decide(change(after, 0)))
        .isEqualTo(roleRequired(actor.orElse(null), required));
  }

  /** Admins where ownership is touched; members and strangers anywhere. */
  static Stream<Object[]> forbiddenChanges() {
    return Stream.of(Optional.of(Role.ADMIN), Optional.of(Role.MEMBER), Optional.<Role>empty())
        .flatMap(actor ->
            Arrays.stream(Role.values())
                .flatMap(before ->
                    Arrays.stream(Role.values())
                        .filter(after ->
                            !actor.equals(Optional.of(Role.ADMIN))
                                || before == Role.OWNER
                                || after == Role.OWNER)
                        .map(after -> new Object[] {actor, before, after})));
  }

  @ParameterizedTest
  @CsvSource({"OWNER,ADMIN", "OWNER,MEMBER", "ADMIN,ADMIN", "ADMIN,MEMBER"})
  void remove_belowOwner_endsTheMembership(Role actor, Role before) {
    assertThat(seen(actor, before).decide(remove(0)))
        .isEqualTo(
            proceed(
                then(NOAH, before),
                new Change.Remove(then(NOAH, before)),
                new Change.RequireActive(OLIVIA),
                requireRole(OLIVIA, Role.OWNER, Role.ADMIN)));
  }

  @Test
  void remove_owner_countsOneLess() {
    assertThat(seen(Role.OWNER, Role.OWNER).decide(remove(0)))
        .isEqualTo(
            proceed(
                then(NOAH, Role.OWNER),
                new Change.Remove(then(NOAH, Role.OWNER)),
                new Change.RequireActive(OLIVIA),
                requireRole(OLIVIA, Role.OWNER),
                new Change.DropOwner(ORG, NOAH)));
  }

  @Test
  void remove_ownerRemovesItself_isGuardedByItsRevision() {
    Mutation itself = new RemoveUserFromOrganization(ORG, OLIVIA, OLIVIA, Revision.NONE);

    assertThat(organizationAndUsers().member(OLIVIA, Role.OWNER).decide(itself))
        .isEqualTo(
            proceed(
                then(OLIVIA, Role.OWNER),
                new Change.Remove(then(OLIVIA, Role.OWNER)),
                new Change.RequireActive(OLIVIA),
                new Change.DropOwner(ORG, OLIVIA)));
  }

  @ParameterizedTest
  @EnumSource(names = {"ADMIN", "MEMBER"})
  void remove_adminOrMemberLeaves_isGuardedByItsRevision(Role role) {
    assertThat(organizationAndUsers().member(OLIVIA, role).decide(leave(0)))
        .isEqualTo(
            proceed(
                then(OLIVIA, role),
                new Change.Remove(then(OLIVIA, role)),
                new Change.RequireActive(OLIVIA)));
  }

  @Test
  void remove_strangerLeaves_isToldThatItIsNoMember() {
    assertThat(organizationAndUsers().decide(leave(0)))
        .isEqualTo(refuse(new MembershipNotFound(ORG, OLIVIA, Revision.NONE)));
  }

  @Test
  void remove_memberLeavesAtOtherRevision_isRefused() {
    assertThat(organizationAndUsers().member(OLIVIA, Role.MEMBER).decide(leave(2)))
        .isEqualTo(
            refuse(new RevisionMismatch(Seen.key(OLIVIA), new Revision(2), new Revision(3))));
  }

  @Test
  void remove_memberLeavesWhatIsNoOrganization_isRefused() {
    assertThat(Seen.nothing().decide(leave(0))).isEqualTo(refuse(new OrganizationNotFound(ORG)));
  }

  private static RemoveUserFromOrganization leave(long expected) {
    return new RemoveUserFromOrganization(ORG, OLIVIA, OLIVIA, new Revision(expected));
  }

  @ParameterizedTest
  @CsvSource({"ADMIN,OWNER", "MEMBER,OWNER", ",OWNER"})
  void remove_ownerByAnybodyButOwner_isRefused(@Nullable Role actor, Role before) {
    assertThat(seen(actor, before).decide(remove(0))).isEqualTo(roleRequired(actor, Role.OWNER));
  }

  @ParameterizedTest
  @CsvSource({"MEMBER,ADMIN", "MEMBER,MEMBER", ",ADMIN", ",MEMBER"})
  void remove_byMemberOrStranger_isRefused(@Nullable Role actor, Role before) {
    assertThat(seen(actor, before).decide(remove(0)))
        .isEqualTo(roleRequired(actor, Role.OWNER, Role.ADMIN));
  }

  @ParameterizedTest
  @ValueSource(longs = {0, 3})
  void decide_noSuchMember_isRefusedWithTheRemovalsRevision(long expected) {
    Seen seen = seen(Role.OWNER, null).removed(Seen.key(NOAH), 3);
    Decision refused = refuse(new MembershipNotFound(ORG, NOAH, new Revision(3)));

    assertThat(seen.decide(change(Role.ADMIN, expected))).isEqualTo(refused);
    assertThat(seen.decide(remove(expected))).isEqualTo(refused);
  }

  @Test
  void decide_noSuchMemberByStranger_tellsNothingOfTheMember() {
    Decision refused = roleRequired(null, Role.OWNER, Role.ADMIN);

    assertThat(seen(null, null).decide(change(Role.MEMBER, 0))).isEqualTo(refused);
    assertThat(seen(null, null).decide(remove(0))).isEqualTo(refused);
  }

  @Test
  void decide_expectedRevision_proceeds() {
    assertThat(seen(Role.OWNER, Role.MEMBER).decide(change(Role.ADMIN, 3)))
        .isInstanceOf(Decision.Proceed.class);
    assertThat(seen(Role.OWNER, Role.MEMBER).decide(remove(3)))
        .isInstanceOf(Decision.Proceed.class);
  }

  @ParameterizedTest
  @ValueSource(longs = {2, 4})
  void decide_otherRevision_isRefused(long expected) {
    Decision refused =
        refuse(new RevisionMismatch(Seen.key(NOAH), new Revision(expected), new Revision(3)));

    assertThat(seen(Role.OWNER, Role.MEMBER).decide(change(Role.ADMIN, expected)))
        .isEqualTo(refused);
    assertThat(seen(Role.OWNER, Role.MEMBER).decide(remove(expected))).isEqualTo(refused);
  }

  @Test
  void decide_otherRevisionByStranger_isRefusedForTheRole() {
    assertThat(seen(null, Role.MEMBER).decide(remove(9)))
        .isEqualTo(roleRequired(null, Role.OWNER, Role.ADMIN));
  }

  @Test
  void decide_noSuchOrganization_isRefusedFirst() {
    Decision refused = refuse(new OrganizationNotFound(ORG));

    assertThat(Seen.nothing().decide(change(Role.ADMIN, 9))).isEqualTo(refused);
    assertThat(Seen.nothing().decide(remove(9))).isEqualTo(refused);
  }

  @ParameterizedTest
  @EnumSource(names = {"OWNER", "ADMIN"})
  void decide_actorSuspended_isRefusedWhateverItsRole(Role actor) {
    Seen seen = seen(actor, Role.MEMBER).with(Seen.suspended(OLIVIA));
    Decision refused = refuse(new UserSuspended(OLIVIA));

    assertThat(seen.decide(change(Role.ADMIN, 0))).isEqualTo(refused);
    assertThat(seen.decide(remove(0))).isEqualTo(refused);
    assertThat(seen.decide(leave(0))).isEqualTo(refused);
  }

  @Test
  void decide_actorSuspended_tellsNothingOfTheMember() {
    Seen seen = seen(Role.OWNER, null).with(Seen.suspended(OLIVIA));

    assertThat(seen.decide(remove(9))).isEqualTo(refuse(new UserSuspended(OLIVIA)));
  }

  @Test
  void decide_actorWithoutUser_isRefused() {
    Seen seen =
        Seen.nothing()
            .with(Seen.organization())
            .member(OLIVIA, Role.OWNER)
            .member(NOAH, Role.MEMBER);

    assertThat(seen.decide(remove(0))).isEqualTo(refuse(new UserNotFound(OLIVIA)));
  }

  @Test
  void decide_memberSuspended_proceeds() {
    Seen seen = seen(Role.OWNER, Role.MEMBER).with(Seen.suspended(NOAH));

    assertThat(seen.decide(change(Role.ADMIN, 0))).isInstanceOf(Decision.Proceed.class);
    assertThat(seen.decide(remove(0))).isInstanceOf(Decision.Proceed.class);
  }

  private static Seen seen(@Nullable Role actor, @Nullable Role member) {
    Seen acting =
        actor == null ? organizationAndUsers() : organizationAndUsers().member(OLIVIA, actor);
    return member == null ? acting : acting.member(NOAH, member);
  }

  private static Decision roleRequired(@Nullable Role has, Role... required) {
    Set<Role> roles = Arrays.stream(required).collect(Collectors.toSet());
    return refuse(new RoleRequired(ORG, OLIVIA, Optional.ofNullable(has), roles));
  }

  private static ChangeMemberRole change(Role role, long expected) {
    return new ChangeMemberRole(ORG, NOAH, role, OLIVIA, new Revision(expected));
  }

  private static RemoveUserFromOrganization remove(long expected) {
    return new RemoveUserFromOrganization(ORG, NOAH, OLIVIA, new Revision(expected));
  }

  /** The membership at its next revision. */
  private static Membership then(Username username, Role role) {
    return new Membership(ORG, username, role, new Revision(4), BEFORE, NOW);
  }
}
