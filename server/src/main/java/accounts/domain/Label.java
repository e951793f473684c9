package accounts.domain;

/**
 * A label, as a list is asked for those that have it; written {@code key=value}.
 *
 * @param key by the rule of {@link Labels}
 * @param value by the rule of {@link Labels}
 */
public record Label(String key, String value) {

  private static final String EXPECTED =
      "key=value: 1-63 and 0-63 characters of a-z, 0-9, '_', '.' and '-', the first a letter";

  /**
   * @throws InvalidValueException if the key or the value breaks its rule
   */
  public Label {
    if (!Labels.isKey(key) || !Labels.isValue(value)) {
      throw new InvalidValueException(key + "=" + value, EXPECTED);
    }
  }

  /**
   * Reads {@code key=value}.
   *
   * @throws InvalidValueException if it is anything else
   */
  public static Label parse(String text) {
    int equals = text.indexOf('=');
    if (equals < 0) {
      throw new InvalidValueException(text, EXPECTED);
    }
    return new Label(text.substring(0, equals), text.substring(equals + 1));
  }

  @Override
  public String toString() {
    return key + "=" + value;
  }
}
