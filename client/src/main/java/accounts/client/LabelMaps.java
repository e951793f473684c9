package accounts.client;

import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/** Copies of labels. */
final class LabelMaps {

  private LabelMaps() {}

  /** Returns a copy in the order of the keys, unmodifiable. */
  static Map<String, String> copy(Map<String, String> labels) {
    return labels.isEmpty() ? Map.of() : Collections.unmodifiableMap(new TreeMap<>(labels));
  }

  /** Returns a copy with one label more. */
  static Map<String, String> with(Map<String, String> labels, String key, String value) {
    Map<String, String> more = new TreeMap<>(labels);
    more.put(key, value);
    return Collections.unmodifiableMap(more);
  }
}
