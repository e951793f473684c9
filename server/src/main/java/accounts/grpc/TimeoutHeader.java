package accounts.grpc;

import io.grpc.Metadata;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** The header by which a caller says how long it waits; gRPC itself ends the call then. */
final class TimeoutHeader {

  private static final Metadata.Key<String> KEY =
      Metadata.Key.of("grpc-timeout", Metadata.ASCII_STRING_MARSHALLER);

  private static final int MOST_DIGITS = 8;

  private TimeoutHeader() {}

  /** Returns whether a caller waits no longer than this; not if its header is malformed. */
  static boolean isAtMost(Duration longest, Metadata headers) {
    String value = headers.get(KEY);
    return value != null && nanos(value) <= longest.toNanos();
  }

  /**
   * The form is that of gRPC's protocol over HTTP/2: one to eight digits and a unit.
   *
   * @return more than any time if it is malformed
   */
  private static long nanos(String value) {
    int digits = value.length() - 1;
    if (digits < 1 || digits > MOST_DIGITS) {
      return Long.MAX_VALUE;
    }
    long number = 0;
    for (int i = 0; i < digits; i++) {
      int digit = value.charAt(i) - '0';
      if (digit < 0 || digit > 9) {
        return Long.MAX_VALUE;
      }
      number = 10 * number + digit;
    }
    return nanos(number, value.charAt(digits));
  }

  private static long nanos(long number, char unit) {
    return switch (unit) {
      case 'H' -> TimeUnit.HOURS.toNanos(number);
      case 'M' -> TimeUnit.MINUTES.toNanos(number);
      case 'S' -> TimeUnit.SECONDS.toNanos(number);
      case 'm' -> TimeUnit.MILLISECONDS.toNanos(number);
      case 'u' -> TimeUnit.MICROSECONDS.toNanos(number);
      case 'n' -> number;
      default -> Long.MAX_VALUE;
    };
  }
}
