package accounts.domain;

/**
 * A given or a family name: 1–100 characters (code points), no control characters, no space at
 * either end.
 *
 * <p>The rule is that of {@code accounts.v1}; a test compares the two.
 */
public record PersonName(String value) {

  /**
   * @throws InvalidValueException if the value breaks the rule
   */
  public PersonName {
    value = DisplayText.checked(value);
  }

  @Override
  public String toString() {
    return value;
  }
}
