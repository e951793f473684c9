package accounts.server.config;

import java.util.regex.Pattern;

/**
 * What faults and logs show of a setting. A password in a URL, or a key or token in the wrong
 * variable, is not shown.
 */
final class Shown {

  /** Whatever is before an {@code @} in a URL's authority. */
  private static final Pattern USER_INFO = Pattern.compile("(?<=://)[^/?#]*@");

  /** Long, and of the characters of base64 only: no host, no duration, hardly a name. */
  private static final Pattern KEY = Pattern.compile("[A-Za-z0-9+=_-][A-Za-z0-9+/=_-]{39,}");

  /** JSON in base64: how tokens and Momento's keys begin. */
  private static final Pattern TOKEN = Pattern.compile("eyJ\\S{5,}");

  private static final int LEFT = 3;

  private Shown() {}

  /** Returns the value, without what may be a secret. */
  static String of(String value) {
    if (KEY.matcher(value).matches() || TOKEN.matcher(value).matches()) {
      return "%s*** (%d characters)".formatted(value.substring(0, LEFT), value.length());
    }
    return USER_INFO.matcher(value).replaceAll("***@");
  }
}
