package accounts.domain;

import static accounts.domain.Samples.CHANGED;
import static accounts.domain.Samples.CREATED;
import static accounts.domain.Samples.membershipKey;
import static accounts.domain.Samples.organizationKey;
import static accounts.domain.Samples.userKey;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class UidTest {

  /** Others keep uids: they must not change with a later version of the service. */
  @Test
  void of_sameEntity_isAlwaysThis() {
    assertThat(Uid.of(userKey("olivia"), CREATED))
        .hasToString("f7f83c95-bbd1-86a0-a84f-11c21825e0e4");
    assertThat(Uid.of(organizationKey("acme"), CREATED))
        .hasToString("8eab95d8-eb60-8bfe-9b74-2e15f32ebfb9");
    assertThat(Uid.of(membershipKey("acme", "olivia"), CREATED))
        .hasToString("99034b4e-e513-809e-9bbd-a18977cace74");
  }

  @Test
  void of_any_isAUuidOfVersion8() {
    UUID uuid = Uid.of(userKey("olivia"), CREATED).uuid();

    assertThat(uuid.version()).isEqualTo(8);
    assertThat(uuid.variant()).isEqualTo(2);
  }

  @Test
  void of_otherKindNameOrTime_isAnother() {
    assertThat(
            List.of(
                Uid.of(userKey("olivia"), CREATED),
                Uid.of(userKey("olivia"), CREATED.plusMillis(1)),
                Uid.of(userKey("olivia"), CHANGED),
                Uid.of(userKey("Olivia"), CREATED),
                Uid.of(organizationKey("olivia"), CREATED),
                Uid.of(membershipKey("olivia", "olivia"), CREATED),
                Uid.of(membershipKey("olivia", "noah"), CREATED),
                Uid.of(membershipKey("noah", "olivia"), CREATED)))
        .doesNotHaveDuplicates();
  }

  @Test
  void uid_nextRevision_isTheSame() {
    User user = Samples.user("olivia");
    Membership member = Samples.membership("acme", "olivia", Role.MEMBER);

    assertThat(user.inState(UserState.SUSPENDED, CHANGED).deleting(true, CHANGED).uid())
        .isEqualTo(user.uid());
    assertThat(member.withRole(Role.ADMIN, CHANGED).uid()).isEqualTo(member.uid());
  }

  @Test
  void parse_upperCase_isConverted() {
    Uid uid = Uid.of(userKey("olivia"), CREATED);

    assertThat(Uid.parse(uid.text().toUpperCase(java.util.Locale.ROOT))).isEqualTo(uid);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "5f0c6c2e5c7d8f6a9b7e3d1f0a2b4c6d",
        "5f0c6c2e-5c7d-8f6a-9b7e-3d1f0a2b4c6",
        "5f0c6c2e-5c7d-8f6a-9b7e-3d1f0a2b4c6g",
        "5f0c6c2e-5c7d-8f6a-9b7e-3d1f0a2b4c6d\n",
        "{5f0c6c2e-5c7d-8f6a-9b7e-3d1f0a2b4c6d}"
      })
  void parse_malformed_isRefused(String text) {
    assertThatThrownBy(() -> Uid.parse(text))
        .isInstanceOf(InvalidValueException.class)
        .hasMessageContaining("a uid as in responses");
  }
}
