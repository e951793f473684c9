package accounts.cache.momento;

import static org.assertj.core.api.Assertions.assertThat;

import accounts.domain.EntityKey;
import accounts.domain.EntityKey.MembershipKey;
import accounts.domain.EntityKey.OrganizationKey;
import accounts.domain.EntityKey.UserKey;
import accounts.domain.OrganizationName;
import accounts.domain.Revision;
import accounts.domain.Username;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;
import org.junit.jupiter.params.provider.ValueSource;

final class HintTextTest {

  private static final Username LONGEST = new Username("A+@._-".repeat(21));
  private static final OrganizationName ORG = new OrganizationName("olivias-org");

  static final EntityKey<?>[] KEYS = {
    new UserKey(new Username("olivia")),
    new UserKey(LONGEST),
    new OrganizationKey(ORG),
    new MembershipKey(ORG, LONGEST)
  };

  @ParameterizedTest
  @FieldSource("KEYS")
  void parse_textOfAHint_isTheHint(EntityKey<?> key) {
    Revision revision = new Revision(Long.MAX_VALUE);

    assertThat(HintText.parse(HintText.of(key, revision)))
        .contains(new HintText.Hint(key, revision));
    assertThat(HintText.of(key, revision)).hasSizeLessThan(1024);
  }

  @Test
  void of_examples_areAsOtherInstancesExpect() {
    assertThat(HintText.of(new UserKey(new Username("olivia+1")), new Revision(7)))
        .isEqualTo("u/7/olivia%2B1");
    assertThat(HintText.of(new MembershipKey(ORG, new Username("noah")), Revision.NONE))
        .isEqualTo("m/0/olivias-org/noah");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "/",
        "u",
        "u/",
        "u/1",
        "u/1/",
        "u/1/a/b",
        "m/1/a",
        "x/1/olivia",
        "u/olivia",
        "u//olivia",
        "u/-1/olivia",
        "u/1.5/olivia",
        "u/9223372036854775808/olivia",
        "u/1/%",
        "u/1/%zz",
        "o/1/A b"
      })
  void parse_noHintsText_isEmpty(String text) {
    assertThat(HintText.parse(text)).isEmpty();
  }
}
