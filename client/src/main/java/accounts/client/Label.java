package accounts.client;

/**
 * A label that users or organizations are listed by.
 *
 * @param key for example {@code billing.plan}
 * @param value for example {@code free}
 */
public record Label(String key, String value) {

  /** Returns it as {@code key=value}. */
  @Override
  public String toString() {
    return key + "=" + value;
  }
}
