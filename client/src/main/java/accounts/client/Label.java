package accounts.client;

import java.util.Map;

/**
 * A label that users or organizations are listed by.
 *
 * @param key for example {@code billing.plan}
 * @param value for example {@code free}
 */
public record Label(String key, String value) {

  /** Returns whether it is one of these. */
  boolean isIn(Map<String, String> labels) {
    return value.equals(labels.get(key));
  }

  /** Returns it as {@code key=value}. */
  @Override
  public String toString() {
    return key + "=" + value;
  }
}
