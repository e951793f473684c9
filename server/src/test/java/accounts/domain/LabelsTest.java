package accounts.domain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

final class LabelsTest {

  @ParameterizedTest
  @ValueSource(strings = {"a", "team", "billing.plan", "a-b_c.9", "z."})
  void of_wellFormedKey_isKept(String key) {
    assertThat(Labels.of(Map.of(key, "v")).values()).isEqualTo(Map.of(key, "v"));
    assertThat(new LabelKey(key).value()).isEqualTo(key);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "9a", "-a", ".a", "_a", "A", "aB", "a b", "a=b", "a#", "a/b", "é", "a\n", "٣"})
  void of_malformedKey_isRefused(String key) {
    assertThatThrownBy(() -> Labels.of(Map.of(key, "v")))
        .isInstanceOf(InvalidValueException.class)
        .hasMessageContaining("expected: a key of 1-63 characters");
    assertThatThrownBy(() -> new LabelKey(key)).isInstanceOf(InvalidValueException.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "a", "9", "-", ".", "_", "2026-11-30"})
  void of_wellFormedValue_isKept(String value) {
    assertThat(Labels.of(Map.of("k", value)).values()).isEqualTo(Map.of("k", value));
  }

  @ParameterizedTest
  @ValueSource(strings = {"A", " ", "a b", "a=b", "é", "a\n", "\u0000"})
  void of_malformedValue_isRefused(String value) {
    assertThatThrownBy(() -> Labels.of(Map.of("k", value)))
        .isInstanceOf(InvalidValueException.class)
        .hasMessageStartingWith("\"k=")
        .hasMessageContaining("expected: a value of 0-63 characters");
  }

  @Test
  void of_longest_isAcceptedAndLongerIsRefused() {
    assertThat(Labels.of(Map.of("k".repeat(63), "v".repeat(63))).values()).hasSize(1);
    assertThatThrownBy(() -> Labels.of(Map.of("k".repeat(64), "v")))
        .isInstanceOf(InvalidValueException.class);
    assertThatThrownBy(() -> Labels.of(Map.of("k", "v".repeat(64))))
        .isInstanceOf(InvalidValueException.class);
  }

  @Test
  void of_tooMany_isRefused() {
    assertThat(Labels.of(labels(32)).values()).hasSize(32);
    assertThatThrownBy(() -> Labels.of(labels(33)))
        .isInstanceOf(InvalidValueException.class)
        .hasMessage("33 (expected: at most 32 labels)");
  }

  @Test
  void of_none_isTheOneThatAllShare() {
    assertThat(Labels.of(Map.of())).isSameAs(Labels.NONE);
  }

  @ParameterizedTest
  @MethodSource("orders")
  void values_anyOrder_isThatOfTheKeys(Map<String, String> values) {
    assertThat(Labels.of(values).values().keySet()).containsExactly("a", "b", "c");
  }

  static List<Map<String, String>> orders() {
    Map<String, String> reversed = new TreeMap<>(Comparator.reverseOrder());
    reversed.putAll(Map.of("a", "", "b", "", "c", ""));
    return List.of(reversed, new TreeMap<>(reversed));
  }

  private static Map<String, String> labels(int count) {
    Map<String, String> labels = new TreeMap<>();
    for (int i = 0; i < count; i++) {
      labels.put("k" + i, "v");
    }
    return labels;
  }
}
