package accounts.domain;

/**
 * The name of an organization as people write it: 1–100 characters (code points), no control
 * characters, no space at either end, and something left of it in its slug.
 *
 * @param value as written, for example {@code Olivia's Org}
 * @param slug the identity that it stands for, for example {@code olivias-org}
 */
public record DisplayName(String value, OrganizationName slug) {

  /**
   * Reads a name, which may be a slug already.
   *
   * @throws InvalidValueException if the value breaks the rule
   */
  public static DisplayName of(String value) {
    String slug = Slug.of(DisplayText.checked(value));
    if (slug.isEmpty() || slug.length() > OrganizationName.MAX_LENGTH) {
      throw new InvalidValueException(
          value,
          "a name of which a slug of 1-100 letters and digits of the Latin alphabet is left");
    }
    return new DisplayName(value, new OrganizationName(slug));
  }
}
