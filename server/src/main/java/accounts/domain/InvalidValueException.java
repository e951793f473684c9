package accounts.domain;

import java.util.Locale;

/**
 * Thrown for a value that breaks the rule of its type. The message is {@code "value" (expected:
 * rule)}.
 */
public final class InvalidValueException extends IllegalArgumentException {

  private static final int SHOWN_CHARACTERS = 60;

  /**
   * @param value the value as it was given; long ones are shortened, control characters escaped
   * @param expected the rule, as a noun phrase
   */
  public InvalidValueException(String value, String expected) {
    super(shown(value) + " (expected: " + expected + ")");
  }

  /** As {@link #InvalidValueException(String, String)}, for a number. */
  public InvalidValueException(long value, String expected) {
    super(value + " (expected: " + expected + ")");
  }

  private static String shown(String value) {
    StringBuilder shown = new StringBuilder("\"");
    value
        .codePoints()
        .limit(SHOWN_CHARACTERS)
        .forEach(c -> {
          if (Character.isISOControl(c)) {
            shown.append(String.format(Locale.ROOT, "\\u%04x", c));
          } else {
            shown.appendCodePoint(c);
          }
        });
    boolean cut = value.codePointCount(0, value.length()) > SHOWN_CHARACTERS;
    return shown.append(cut ? "…\"" : "\"").toString();
  }
}
