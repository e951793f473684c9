package accounts.domain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class RequestIdTest {

  private static final String CANONICAL = "123e4567-e89b-12d3-a456-426614174000";

  @Test
  void of_canonical_isRead() {
    assertThat(RequestId.of(CANONICAL)).hasToString(CANONICAL);
  }

  @Test
  void of_anyLetterCase_isTheSameId() {
    assertThat(RequestId.of(CANONICAL.toUpperCase(Locale.ROOT)))
        .isEqualTo(RequestId.of(CANONICAL))
        .hasToString(CANONICAL);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "1-1-1-1-1",
        "123e4567e89b12d3a456426614174000",
        "{123e4567-e89b-12d3-a456-426614174000}",
        "123e4567-e89b-12d3-a456-42661417400",
        "123e4567-e89b-12d3-a456-4266141740000",
        "123e4567-e89b-12d3-a456-42661417400g",
        " 123e4567-e89b-12d3-a456-426614174000",
        "123e4567-e89b-12d3-a456-426614174000\n"
      })
  void of_anythingElse_isRefused(String text) {
    assertThatThrownBy(() -> RequestId.of(text))
        .isInstanceOf(InvalidValueException.class)
        .hasMessageContaining("expected: a UUID");
  }
}
