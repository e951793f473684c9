package accounts.domain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class OrganizationNameTest {

  @ParameterizedTest
  @ValueSource(strings = {"a", "0", "_", "olivias-org", "a-b-c", "a_b"})
  void new_slug_isAccepted(String value) {
    assertThat(new OrganizationName(value).value()).isEqualTo(value);
    assertThat(new OrganizationName(value)).hasToString(value);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "-", "-a", "a-", "a--b", "A", "a b", "a#b", "é", "a\n"})
  void new_noSlug_isRefused(String value) {
    assertThatThrownBy(() -> new OrganizationName(value))
        .isInstanceOf(InvalidValueException.class)
        .hasMessageContaining("a slug of 1-100 characters, like olivias-org");
  }

  @ParameterizedTest
  @ValueSource(ints = {101, 1000})
  void new_overLong_isRefused(int length) {
    String value = "a".repeat(length);
    assertThatThrownBy(() -> new OrganizationName(value)).isInstanceOf(InvalidValueException.class);
  }
}
