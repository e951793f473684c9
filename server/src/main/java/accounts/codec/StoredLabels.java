package accounts.codec;

import accounts.domain.InvalidValueException;
import accounts.domain.Labels;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Converts labels to and from what is stored: keys and values in turn. No labels are an empty list,
 * for which nothing is allocated: nearly every answer of the cache has none.
 */
final class StoredLabels {

  private StoredLabels() {}

  static List<String> encode(Labels labels) {
    if (labels.isEmpty()) {
      return List.of();
    }
    List<String> stored = new ArrayList<>(2 * labels.values().size());
    labels
        .values()
        .forEach((key, value) -> {
          stored.add(key);
          stored.add(value);
        });
    return stored;
  }

  /**
   * Decodes what {@link #encode} returned.
   *
   * @throws InvalidValueException if it is anything else
   */
  static Labels decode(List<String> stored) {
    if (stored.isEmpty()) {
      return Labels.NONE;
    }
    if (stored.size() % 2 != 0) {
      throw new InvalidValueException(stored.size(), "an even number of keys and values");
    }
    Map<String, String> labels = new LinkedHashMap<>();
    for (int i = 0; i < stored.size(); i += 2) {
      labels.put(stored.get(i), stored.get(i + 1));
    }
    return Labels.of(labels);
  }
}
