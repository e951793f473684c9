package accounts.domain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class PersonNameTest {

  private static final String OUTSIDE_BMP = "\uD835\uDD38";

  @ParameterizedTest
  @ValueSource(strings = {"O", "Olivia", "d’Arc", "Anna Maria", "李", "-", "#/", "a\u00A0b"})
  void new_wellFormed_keepsValue(String value) {
    assertThat(new PersonName(value).value()).isEqualTo(value);
    assertThat(new PersonName(value)).hasToString(value);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        " a",
        "a ",
        "\u00A0a",
        "a\u3000",
        "a\u2028",
        "a\tb",
        "a\n",
        "\u0000",
        "a\u0085b"
      })
  void new_malformed_isRefused(String value) {
    assertThatThrownBy(() -> new PersonName(value))
        .isInstanceOf(InvalidValueException.class)
        .hasMessageContaining("1-100 characters, no control characters, no space at either end");
  }

  @Test
  void new_hundredCodePointsOutsideBmp_isAccepted() {
    PersonName name = new PersonName(OUTSIDE_BMP.repeat(100));

    assertThat(name.value()).hasSize(200);
    assertThat(name.value().codePointCount(0, 200)).isEqualTo(100);
  }

  @ParameterizedTest
  @ValueSource(strings = {"a", OUTSIDE_BMP})
  void new_hundredAndOneCodePoints_isRefused(String character) {
    String value = character.repeat(101);
    assertThatThrownBy(() -> new PersonName(value)).isInstanceOf(InvalidValueException.class);
  }
}
