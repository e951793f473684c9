package accounts.local.faults;

import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Parses and formats durations: {@code 200ms}, {@code 2s}, {@code 1m}. */
final class DurationText {

  private static final Pattern FORM = Pattern.compile("(\\d{1,12})(ms|s|m)");

  private DurationText() {}

  static Duration parse(String text) {
    Matcher matcher = FORM.matcher(text);
    if (!matcher.matches()) {
      throw new IllegalArgumentException(text + " (expected: like 200ms, 2s or 1m)");
    }
    long number = Long.parseLong(matcher.group(1));
    return switch (matcher.group(2)) {
      case "ms" -> Duration.ofMillis(number);
      case "s" -> Duration.ofSeconds(number);
      default -> Duration.ofMinutes(number);
    };
  }

  static String format(Duration duration) {
    return duration.toMillis() + "ms";
  }
}
