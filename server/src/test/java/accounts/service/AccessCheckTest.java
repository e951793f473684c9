package accounts.service;

import static accounts.service.Seen.NOAH;
import static org.assertj.core.api.Assertions.assertThat;

import accounts.domain.Lookup;
import accounts.domain.Membership;
import accounts.domain.Organization;
import accounts.domain.Revision;
import accounts.domain.Role;
import accounts.domain.Samples;
import accounts.domain.User;
import accounts.service.AccessDecision.Reason;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

final class AccessCheckTest {

  @ParameterizedTest
  @CsvSource({
    "OWNER,OWNER,ROLE", "OWNER,ADMIN,ROLE", "OWNER,MEMBER,ROLE",
    "ADMIN,OWNER,ROLE_TOO_LOW", "ADMIN,ADMIN,ROLE", "ADMIN,MEMBER,ROLE",
    "MEMBER,OWNER,ROLE_TOO_LOW", "MEMBER,ADMIN,ROLE_TOO_LOW", "MEMBER,MEMBER,ROLE"
  })
  void decide_member_isAllowedWithTheRoleOrAHigherOne(Role has, Role required, Reason reason) {
    AccessDecision decision = decide(required, member(has), user(Seen.user(NOAH)));

    assertThat(decision)
        .isEqualTo(new AccessDecision(reason, Optional.of(has), new Revision(3), new Revision(5)));
    assertThat(decision.isAllowed()).isEqualTo(reason == Reason.ROLE);
  }

  @ParameterizedTest
  @EnumSource
  void decide_removedMember_isRefusedWithTheRevisionOfTheRemoval(Role required) {
    AccessDecision decision =
        decide(required, new Lookup.Absent<>(new Revision(4)), user(Seen.user(NOAH)));

    assertThat(decision)
        .isEqualTo(
            new AccessDecision(
                Reason.NOT_A_MEMBER, Optional.empty(), new Revision(4), new Revision(5)));
    assertThat(decision.isAllowed()).isFalse();
  }

  @ParameterizedTest
  @EnumSource
  void decide_suspendedMember_isRefusedWhateverItsRole(Role has) {
    AccessDecision decision = decide(Role.MEMBER, member(has), user(Seen.suspended(NOAH)));

    assertThat(decision)
        .isEqualTo(
            new AccessDecision(
                Reason.USER_SUSPENDED, Optional.of(has), new Revision(3), new Revision(6)));
    assertThat(decision.isAllowed()).isFalse();
  }

  @Test
  void decide_memberWithoutUser_isRefused() {
    AccessDecision decision =
        decide(Role.MEMBER, member(Role.OWNER), new Lookup.Absent<>(Revision.NONE));

    assertThat(decision.reason()).isEqualTo(Reason.USER_NOT_FOUND);
    assertThat(decision.isAllowed()).isFalse();
  }

  @Test
  void decide_suspendedStranger_isNoMember() {
    AccessDecision decision =
        decide(Role.MEMBER, new Lookup.Absent<>(Revision.NONE), user(Seen.suspended(NOAH)));

    assertThat(decision.reason()).isEqualTo(Reason.NOT_A_MEMBER);
  }

  @Test
  void decide_userThatIsMeant_isAllowed() {
    AccessCheck check = check().ofUser(Optional.of(Seen.user(NOAH).uid()));

    assertThat(decide(check, user(Seen.user(NOAH)), Optional.empty()).isAllowed()).isTrue();
  }

  @Test
  void decide_anotherUserWithTheName_isRefused() {
    AccessCheck check = check().ofUser(Optional.of(Samples.user("another").uid()));

    assertThat(decide(check, user(Seen.user(NOAH)), Optional.empty()).reason())
        .isEqualTo(Reason.OTHER_USER);
  }

  @Test
  void decide_organizationThatIsMeant_isAllowed() {
    Organization acme = Samples.organization("acme");
    AccessCheck check = check().inOrganization(Optional.of(acme.uid()));

    assertThat(decide(check, user(Seen.user(NOAH)), Optional.of(acme)).isAllowed()).isTrue();
  }

  @Test
  void decide_anotherOrganizationWithTheName_isRefusedAndSoIsNone() {
    AccessCheck check = check().inOrganization(Optional.of(Samples.organization("acme").uid()));

    assertThat(
            List.of(
                decide(check, user(Seen.user(NOAH)), Optional.of(Samples.organization("other"))),
                decide(check, user(Seen.user(NOAH)), Optional.empty())))
        .extracting(AccessDecision::reason)
        .containsOnly(Reason.OTHER_ORGANIZATION);
  }

  private static AccessCheck check() {
    return new AccessCheck(Seen.key(NOAH), Role.MEMBER);
  }

  private static AccessDecision decide(
      AccessCheck check, Lookup<User> user, Optional<Organization> organization) {
    return check.decide(member(Role.OWNER), user, organization);
  }

  @Test
  void isAllowed_reasonsOfRefusals_isFalseForAllButOne() {
    assertThat(Reason.values())
        .filteredOn(reason ->
            new AccessDecision(reason, Optional.empty(), Revision.NONE, Revision.NONE).isAllowed())
        .containsExactly(Reason.ROLE);
  }

  private static AccessDecision decide(
      Role required, Lookup<Membership> member, Lookup<User> user) {
    return new AccessCheck(Seen.key(NOAH), required).decide(member, user, Optional.empty());
  }

  private static Lookup<Membership> member(Role role) {
    return new Lookup.Found<>(Seen.membership(NOAH, role, 3));
  }

  private static Lookup<User> user(User user) {
    return new Lookup.Found<>(user);
  }
}
