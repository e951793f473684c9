package accounts.domain;

import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/**
 * What callers note about a user or an organization: at most 32 pairs of a key and a value. A key
 * has 1–63 characters of {@code a-z 0-9 _ . -}, the first a letter; a value has 0–63 of them.
 *
 * <p>The rule is that of {@code accounts.v1}; a test compares the two. It is that of Google Cloud's
 * labels, and the dot, which parts the names of teams from those of labels.
 *
 * @param values in the order of the keys; unmodifiable
 */
public record Labels(Map<String, String> values) {

  /** The most labels that a user or an organization has. */
  public static final int MOST = 32;

  /** No labels, as most users and organizations have. */
  public static final Labels NONE = new Labels(Map.of());

  private static final int MAX_LENGTH = 63;
  private static final String EXPECTED_KEY =
      "a key of 1-63 characters of a-z, 0-9, '_', '.' and '-', the first a letter";
  private static final String EXPECTED_VALUE =
      "a value of 0-63 characters of a-z, 0-9, '_', '.' and '-'";

  /**
   * @throws InvalidValueException if there are too many, or a key or a value breaks the rule
   */
  public Labels {
    if (values.size() > MOST) {
      throw new InvalidValueException(values.size(), "at most %d labels".formatted(MOST));
    }
    values.forEach(Labels::check);
    values = values.isEmpty() ? Map.of() : Collections.unmodifiableSortedMap(new TreeMap<>(values));
  }

  /** Returns labels; {@link #NONE} if there are none. Throws as the constructor does. */
  public static Labels of(Map<String, String> values) {
    return values.isEmpty() ? NONE : new Labels(values);
  }

  private static void check(String key, String value) {
    checkKey(key);
    if (!isValue(value)) {
      throw new InvalidValueException(key + "=" + value, EXPECTED_VALUE);
    }
  }

  /** Returns {@code key}, or throws {@link InvalidValueException} if it breaks the rule. */
  static String checkKey(String key) {
    if (!isKey(key)) {
      throw new InvalidValueException(key, EXPECTED_KEY);
    }
    return key;
  }

  /** Returns whether a text is a key by the rule. */
  static boolean isKey(String text) {
    return isValue(text) && !text.isEmpty() && isLetter(text.charAt(0));
  }

  /** Returns whether a text is a value by the rule. */
  static boolean isValue(String text) {
    if (text.length() > MAX_LENGTH) {
      return false;
    }
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (!isLetter(c) && (c < '0' || c > '9') && "_.-".indexOf(c) < 0) {
        return false;
      }
    }
    return true;
  }

  private static boolean isLetter(char c) {
    return c >= 'a' && c <= 'z';
  }

  /** Returns whether this is one of them. */
  public boolean has(Label label) {
    return label.value().equals(values.get(label.key()));
  }

  /** Returns whether there are none. */
  public boolean isEmpty() {
    return values.isEmpty();
  }
}
