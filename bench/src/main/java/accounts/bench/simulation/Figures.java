package accounts.bench.simulation;

import java.time.Duration;
import java.util.Locale;

/** Figures as they are printed. */
final class Figures {

  private static final String[] PREFIXES = {"", " k", " M", " G", " T"};

  private Figures() {}

  /** As {@link #of(double)}. */
  static String of(long count) {
    return of((double) count);
  }

  /** Returns a count or a rate with three digits that say something. */
  static String of(double number) {
    double rest = number;
    int prefix = 0;
    while (Math.abs(rest) >= (prefix == 0 ? 9_999.5 : 999.5) && prefix < PREFIXES.length - 1) {
      rest /= 1_000;
      prefix++;
    }
    String digits =
        Math.abs(rest) >= 100 || rest == Math.rint(rest)
            ? "%,.0f"
            : Math.abs(rest) >= 10 ? "%.1f" : "%.2f";
    return String.format(Locale.ROOT, digits, rest) + PREFIXES[prefix];
  }

  /** Returns a share from 0 to 1 in per cent. */
  static String percent(double share) {
    return String.format(
        Locale.ROOT, share > 0.98 && share < 1 ? "%.3f %%" : "%.1f %%", 100 * share);
  }

  static String millis(double millis) {
    return String.format(Locale.ROOT, millis < 100 ? "%.1f ms" : "%,.0f ms", millis);
  }

  static String dollars(double dollars) {
    return String.format(Locale.ROOT, "$%,.0f", dollars);
  }

  static String of(Duration time) {
    long seconds = time.toSeconds();
    if (seconds == 0) {
      return time.toMillis() + " ms";
    }
    if (seconds % 3_600 == 0) {
      return time.toHours() + " h";
    }
    return seconds % 60 == 0 && seconds > 60 ? time.toMinutes() + " min" : seconds + " s";
  }
}
