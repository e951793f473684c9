package accounts.service;

import static accounts.service.Seen.NOAH;
import static accounts.service.Seen.NOW;
import static accounts.service.Seen.OLIVIA;
import static accounts.service.Seen.ORG;
import static accounts.service.Seen.organizationAndUsers;
import static accounts.service.Seen.refuse;
import static accounts.service.Seen.requireRole;
import static org.assertj.core.api.Assertions.assertThat;

import accounts.domain.AccountError.MembershipAlreadyExists;
import accounts.domain.AccountError.OrganizationNotFound;
import accounts.domain.AccountError.RoleRequired;
import accounts.domain.AccountError.UserNotFound;
import accounts.domain.AccountError.UserSuspended;
import accounts.domain.EntityKey.OrganizationKey;
import accounts.domain.EntityKey.UserKey;
import accounts.domain.Membership;
import accounts.domain.Revision;
import accounts.domain.Role;
import accounts.store.Change;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Olivia adds Noah. */
final class AddUserToOrganizationTest {

  @Test
  void decide_ownerAddsOwner_countsOneMore() {
    assertThat(organizationAndUsers().member(OLIVIA, Role.OWNER).decide(add(Role.OWNER)))
        .isEqualTo(
            proceed(
                added(Role.OWNER, 1), requireRole(OLIVIA, Role.OWNER), new Change.AddOwner(ORG)));
  }

  @ParameterizedTest
  @CsvSource({"OWNER,ADMIN", "OWNER,MEMBER", "ADMIN,ADMIN", "ADMIN,MEMBER"})
  void decide_roleThatAdderMayGrant_adds(Role adder, Role granted) {
    assertThat(organizationAndUsers().member(OLIVIA, adder).decide(add(granted)))
        .isEqualTo(
            proceed(
                added(granted, 1),
                requireRole(OLIVIA, Role.OWNER, Role.ADMIN),
                new Change.Require(new OrganizationKey(ORG))));
  }

  @ParameterizedTest
  @CsvSource({"ADMIN,OWNER", "MEMBER,OWNER", ",OWNER"})
  void decide_ownershipByAnybodyButOwner_isRefused(@Nullable Role adder, Role granted) {
    assertThat(adding(adder).decide(add(granted)))
        .isEqualTo(
            refuse(new RoleRequired(ORG, OLIVIA, Optional.ofNullable(adder), Set.of(Role.OWNER))));
  }

  @ParameterizedTest
  @CsvSource({"MEMBER,ADMIN", "MEMBER,MEMBER", ",ADMIN", ",MEMBER"})
  void decide_byMemberOrStranger_isRefused(@Nullable Role adder, Role granted) {
    assertThat(adding(adder).decide(add(granted)))
        .isEqualTo(
            refuse(
                new RoleRequired(
                    ORG, OLIVIA, Optional.ofNullable(adder), Set.of(Role.OWNER, Role.ADMIN))));
  }

  @ParameterizedTest
  @EnumSource(Role.class)
  void decide_memberAlready_isRefusedWhateverItsRole(Role present) {
    Seen seen = organizationAndUsers().member(OLIVIA, Role.OWNER).member(NOAH, present);

    assertThat(seen.decide(add(Role.MEMBER)))
        .isEqualTo(refuse(new MembershipAlreadyExists(ORG, NOAH)));
  }

  @Test
  void decide_removedBefore_countsOnFromTheRemoval() {
    Seen seen = organizationAndUsers().member(OLIVIA, Role.ADMIN).removed(Seen.key(NOAH), 7);

    assertThat(seen.decide(add(Role.MEMBER)))
        .isInstanceOfSatisfying(
            Decision.Proceed.class,
            proceed -> assertThat(proceed.result()).containsExactly(added(Role.MEMBER, 8)));
  }

  @Test
  void decide_noSuchOrganization_isRefusedFirst() {
    assertThat(Seen.nothing().decide(add(Role.MEMBER)))
        .isEqualTo(refuse(new OrganizationNotFound(ORG)));
  }

  @Test
  void decide_noSuchUser_isRefused() {
    Seen seen = Seen.nothing().with(Seen.organization()).member(OLIVIA, Role.OWNER);

    assertThat(seen.decide(add(Role.MEMBER))).isEqualTo(refuse(new UserNotFound(NOAH)));
  }

  @Test
  void decide_noSuchUserByStranger_tellsNothingOfTheUser() {
    Seen seen = Seen.nothing().with(Seen.organization());

    assertThat(seen.decide(add(Role.MEMBER)))
        .isInstanceOfSatisfying(
            Decision.Refuse.class,
            refused -> assertThat(refused.refusal()).isInstanceOf(RoleRequired.class));
  }

  @Test
  void decide_ownerAddsItself_isRefusedAsMemberAlready() {
    Mutation itself = new AddUserToOrganization(ORG, OLIVIA, Role.OWNER, OLIVIA);

    assertThat(organizationAndUsers().member(OLIVIA, Role.OWNER).decide(itself))
        .isEqualTo(refuse(new MembershipAlreadyExists(ORG, OLIVIA)));
    assertThat(itself.readSet()).hasSize(3);
  }

  @ParameterizedTest
  @EnumSource(names = {"OWNER", "ADMIN"})
  void decide_adderSuspended_isRefusedWhateverItsRole(Role adder) {
    Seen seen = adding(adder).with(Seen.suspended(OLIVIA));

    assertThat(seen.decide(add(Role.MEMBER))).isEqualTo(refuse(new UserSuspended(OLIVIA)));
  }

  @Test
  void decide_adderSuspended_tellsNothingOfTheMember() {
    Seen seen = adding(Role.OWNER).with(Seen.suspended(OLIVIA)).member(NOAH, Role.MEMBER);

    assertThat(seen.decide(add(Role.MEMBER))).isEqualTo(refuse(new UserSuspended(OLIVIA)));
  }

  @Test
  void decide_adderWithoutUser_isRefused() {
    Seen seen =
        Seen.nothing().with(Seen.organization()).with(Seen.user(NOAH)).member(OLIVIA, Role.OWNER);

    assertThat(seen.decide(add(Role.MEMBER))).isEqualTo(refuse(new UserNotFound(OLIVIA)));
  }

  @Test
  void decide_memberSuspended_isAdded() {
    assertThat(adding(Role.OWNER).with(Seen.suspended(NOAH)).decide(add(Role.MEMBER)))
        .isInstanceOf(Decision.Proceed.class);
  }

  private static Seen adding(@Nullable Role adder) {
    Seen seen = organizationAndUsers();
    return adder == null ? seen : seen.member(OLIVIA, adder);
  }

  private static AddUserToOrganization add(Role role) {
    return new AddUserToOrganization(ORG, NOAH, role, OLIVIA);
  }

  private static Membership added(Role role, long revision) {
    return new Membership(ORG, NOAH, role, new Revision(revision), NOW, NOW);
  }

  private static Decision proceed(Membership added, Change adders, Change organization) {
    return Seen.proceed(
        added,
        new Change.Create(added),
        new Change.Require(new UserKey(NOAH)),
        new Change.RequireActive(OLIVIA),
        adders,
        organization);
  }
}
