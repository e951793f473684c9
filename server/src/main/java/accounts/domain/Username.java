package accounts.domain;

/**
 * The identity of a user: 1–128 letters, digits, {@code . _ @ + -}, the first a letter or digit.
 * Letter case counts.
 *
 * <p>The rule is that of {@code accounts.v1}; a test compares the two.
 */
public record Username(String value) implements Comparable<Username> {

  /** Longest username, in characters. */
  public static final int MAX_LENGTH = 128;

  static final String EXPECTED =
      "1-128 letters, digits, '.', '_', '@', '+' or '-', the first a letter or digit";

  /**
   * @throws InvalidValueException if the value breaks the rule
   */
  public Username {
    if (!isValid(value)) {
      throw new InvalidValueException(value, EXPECTED);
    }
  }

  // By hand, not by regular expression: every read of the service passes here.
  static boolean isValid(String value) {
    if (value.isEmpty() || value.length() > MAX_LENGTH || !isAlphanumeric(value.charAt(0))) {
      return false;
    }
    for (int i = 1; i < value.length(); i++) {
      char c = value.charAt(i);
      if (!isAlphanumeric(c) && "._@+-".indexOf(c) < 0) {
        return false;
      }
    }
    return true;
  }

  private static boolean isAlphanumeric(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
  }

  @Override
  public int compareTo(Username other) {
    return value.compareTo(other.value);
  }

  @Override
  public String toString() {
    return value;
  }
}
