package accounts.service;

import static accounts.service.Seen.NOAH;
import static org.assertj.core.api.Assertions.assertThat;

import accounts.domain.Lookup;
import accounts.domain.Revision;
import accounts.domain.Role;
import accounts.service.AccessDecision.Reason;
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
    var seen = new Lookup.Found<>(Seen.membership(NOAH, has, 3));

    AccessDecision decision = new AccessCheck(Seen.key(NOAH), required).decide(seen);

    assertThat(decision).isEqualTo(new AccessDecision(reason, Optional.of(has), new Revision(3)));
    assertThat(decision.isAllowed()).isEqualTo(reason == Reason.ROLE);
  }

  @ParameterizedTest
  @EnumSource
  void decide_removedMember_isRefusedWithTheRevisionOfTheRemoval(Role required) {
    AccessDecision decision =
        new AccessCheck(Seen.key(NOAH), required).decide(new Lookup.Absent<>(new Revision(4)));

    assertThat(decision)
        .isEqualTo(new AccessDecision(Reason.NOT_A_MEMBER, Optional.empty(), new Revision(4)));
    assertThat(decision.isAllowed()).isFalse();
  }

  @Test
  void isAllowed_reasonsOfRefusals_isFalseForAllButOne() {
    assertThat(Reason.values())
        .filteredOn(
            reason -> new AccessDecision(reason, Optional.empty(), Revision.NONE).isAllowed())
        .containsExactly(Reason.ROLE);
  }
}
