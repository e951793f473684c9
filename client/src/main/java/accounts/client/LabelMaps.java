package accounts.client;

import java.util.Collections;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** Copies of labels and of their keys. */
final class LabelMaps {

  private LabelMaps() {}

  /** Returns a copy in the order of the keys, unmodifiable. */
  static Map<String, String> copy(Map<String, String> labels) {
    return labels.isEmpty() ? Map.of() : Collections.unmodifiableMap(new TreeMap<>(labels));
  }

  /**
   * Returns a copy of keys in their order, unmodifiable: a request that is repeated, by another
   * process too, has them in the same order.
   */
  static Set<String> copy(Set<String> keys) {
    return keys.isEmpty() ? Set.of() : Collections.unmodifiableSet(new TreeSet<>(keys));
  }

  /** Returns a copy with one label more. */
  static Map<String, String> with(Map<String, String> labels, String key, String value) {
    Map<String, String> more = new TreeMap<>(labels);
    more.put(key, value);
    return Collections.unmodifiableMap(more);
  }
}
