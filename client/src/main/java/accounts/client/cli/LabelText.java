package accounts.client.cli;

import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Labels as text: {@code plan=paid,team=}. No key and no value has a comma or an equals sign, or a
 * tab.
 */
final class LabelText {

  private LabelText() {}

  /** Returns labels in the order of their keys; empty if there are none. */
  static String of(Map<String, String> labels) {
    return new TreeMap<>(labels)
        .entrySet().stream()
            .map(label -> label.getKey() + "=" + label.getValue())
            .collect(Collectors.joining(","));
  }

  /** Returns the labels of a text that {@link #of} made. */
  static Map<String, String> parse(String text) {
    Map<String, String> labels = new TreeMap<>();
    for (String label : text.isEmpty() ? new String[0] : text.split(",", -1)) {
      int equals = label.indexOf('=');
      labels.put(label.substring(0, equals), label.substring(equals + 1));
    }
    return labels;
  }
}
