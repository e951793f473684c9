package accounts.domain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class LabelTest {

  @Test
  void parse_keyAndValue_areApart() {
    assertThat(Label.parse("team=red")).isEqualTo(new Label("team", "red"));
    assertThat(Label.parse("team=")).isEqualTo(new Label("team", ""));
  }

  @ParameterizedTest
  @ValueSource(strings = {"team", "=red", "team=a=b", "Team=red", "team=Red", "9=x"})
  void parse_anythingElse_showsAllOfItAndTheForm(String text) {
    assertThatThrownBy(() -> Label.parse(text))
        .isInstanceOf(InvalidValueException.class)
        .hasMessageStartingWith("\"" + text + "\" (expected: key=value");
  }
}
