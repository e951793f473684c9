package accounts.domain;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class InvalidValueExceptionTest {

  @Test
  void message_text_isQuotedWithExpectation() {
    assertThat(new InvalidValueException("a b", "no space"))
        .hasMessage("\"a b\" (expected: no space)");
  }

  @Test
  void message_number_isNotQuoted() {
    assertThat(new InvalidValueException(-1, "0 or more")).hasMessage("-1 (expected: 0 or more)");
  }

  @Test
  void message_empty_isEmptyQuotes() {
    assertThat(new InvalidValueException("", "something")).hasMessage("\"\" (expected: something)");
  }

  @Test
  void message_controlCharacters_areEscaped() {
    assertThat(new InvalidValueException("a\n\u0000\u007F\u0085b", "text"))
        .hasMessage("\"a\\u000a\\u0000\\u007f\\u0085b\" (expected: text)");
  }

  @Test
  void message_sixtyCharacters_isShownWhole() {
    String value = "x".repeat(60);
    assertThat(new InvalidValueException(value, "less"))
        .hasMessage("\"" + value + "\" (expected: less)");
  }

  @Test
  void message_overLong_isCutBetweenCharacters() {
    String outsideBmp = "\uD83D\uDE00";
    assertThat(new InvalidValueException(outsideBmp.repeat(61), "less"))
        .hasMessage("\"" + outsideBmp.repeat(60) + "…\" (expected: less)");
  }
}
