package accounts.cache.momento;

import static org.assertj.core.api.Assertions.assertThat;

import accounts.domain.EntityKey;
import accounts.domain.EntityKey.MembershipKey;
import accounts.domain.EntityKey.OrganizationKey;
import accounts.domain.EntityKey.UserKey;
import accounts.domain.OrganizationName;
import accounts.domain.Username;
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
  void key_textOfAKey_isTheKey(EntityKey<?> key) {
    assertThat(HintText.key(HintText.of(key))).contains(key);
    assertThat(HintText.of(key)).hasSizeLessThan(1024);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "u", "u/", "u/a/b", "m/a", "x/olivia", "u/%", "u/%zz", "o/A b", "/"})
  void key_noKeysText_isEmpty(String text) {
    assertThat(HintText.key(text)).isEmpty();
  }
}
