package accounts.bench;

import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.Locale;
import picocli.CommandLine.TypeConversionException;

/** Parses durations: {@code 500ms}, {@code 30s}, {@code 10m}, {@code 1h}. */
final class Durations {

  private Durations() {}

  static Duration parse(String text) {
    String value = text.toLowerCase(Locale.ROOT);
    try {
      return value.endsWith("ms")
          ? Duration.ofMillis(Long.parseLong(value.substring(0, value.length() - 2)))
          : Duration.parse("PT" + value);
    } catch (NumberFormatException | DateTimeParseException e) {
      throw new TypeConversionException("'" + text + "' (expected: like 500ms, 30s, 10m)");
    }
  }
}
