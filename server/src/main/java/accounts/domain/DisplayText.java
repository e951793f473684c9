package accounts.domain;

/**
 * Text that people read, a person's name or the display name of an organization: 1–100 characters
 * (code points), no control characters, no space at either end.
 */
public record DisplayText(String value) {

  static final int MAX_LENGTH = 100;

  private static final String EXPECTED =
      "1-100 characters, no control characters, no space at either end";

  /**
   * @throws InvalidValueException if the value breaks the rule
   */
  public DisplayText {
    value = checked(value);
  }

  /** Returns {@code value}, or throws {@link InvalidValueException} if it breaks the rule. */
  static String checked(String value) {
    if (!isValid(value)) {
      throw new InvalidValueException(value, EXPECTED);
    }
    return value;
  }

  private static boolean isValid(String value) {
    int length = value.codePointCount(0, value.length());
    return length >= 1
        && length <= MAX_LENGTH
        && !hasControl(value)
        && !isSeparator(value.codePointAt(0))
        && !isSeparator(value.codePointBefore(value.length()));
  }

  /** By the char: all control characters are single ones, and this is asked of every answer. */
  private static boolean hasControl(String value) {
    for (int i = 0; i < value.length(); i++) {
      if (Character.getType(value.charAt(i)) == Character.CONTROL) {
        return true;
      }
    }
    return false;
  }

  private static boolean isSeparator(int c) {
    return Character.isSpaceChar(c);
  }

  @Override
  public String toString() {
    return value;
  }
}
