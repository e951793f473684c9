package accounts.domain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class UsernameTest {

  @ParameterizedTest
  @ValueSource(strings = {"a", "Z", "0", "olivia.ray@example.com", "a+b-c_d", "9.", "o--"})
  void new_wellFormed_keepsValue(String value) {
    assertThat(new Username(value).value()).isEqualTo(value);
    assertThat(new Username(value)).hasToString(value);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        ".a",
        "_a",
        "@a",
        "+a",
        "-a",
        "a b",
        "a#b",
        "a/b",
        "a\n",
        "\u0000",
        "é",
        "٣",
        "a\uD83D\uDE00"
      })
  void new_malformed_isRefused(String value) {
    assertThatThrownBy(() -> new Username(value))
        .isInstanceOf(InvalidValueException.class)
        .hasMessageEndingWith(" (expected: " + Username.EXPECTED + ")");
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 127, 128})
  void new_atMostLongest_isAccepted(int length) {
    assertThat(new Username("a".repeat(length)).value()).hasSize(length);
  }

  @ParameterizedTest
  @ValueSource(ints = {129, 10_000})
  void new_overLong_isRefused(int length) {
    String value = "a".repeat(length);
    assertThatThrownBy(() -> new Username(value)).isInstanceOf(InvalidValueException.class);
  }

  @Test
  void equals_otherLetterCase_isAnotherUser() {
    assertThat(new Username("Olivia")).isNotEqualTo(new Username("olivia"));
    assertThat(new Username("Olivia")).isLessThan(new Username("olivia"));
  }
}
