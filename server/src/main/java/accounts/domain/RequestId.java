package accounts.domain;

import java.util.Locale;
import java.util.UUID;
import java.util.regex.Pattern;

/** The caller's idempotency key for one change: retries with the same id change nothing twice. */
public record RequestId(UUID value) {

  private static final Pattern UUID_TEXT =
      Pattern.compile("[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}");

  /**
   * Reads a UUID in its canonical form, in any letter case.
   *
   * @throws InvalidValueException if the text is anything else
   */
  public static RequestId of(String text) {
    String lowerCase = text.toLowerCase(Locale.ROOT);
    // UUID.fromString by itself accepts "1-1-1-1-1".
    if (!UUID_TEXT.matcher(lowerCase).matches()) {
      throw new InvalidValueException(
          text, "a UUID, like 123e4567-e89b-12d3-a456-426614174000, or empty");
    }
    return new RequestId(UUID.fromString(lowerCase));
  }

  @Override
  public String toString() {
    return value.toString();
  }
}
