package accounts.domain;

/**
 * The identity of an organization: the slug of its display name, for example {@code olivias-org};
 * {@code a-z}, {@code 0-9} and {@code _}, in words joined by single {@code -}, at most {@value
 * #MAX_LENGTH} characters.
 */
public record OrganizationName(String value) implements Comparable<OrganizationName> {

  /** Longest slug, in characters. */
  public static final int MAX_LENGTH = 100;

  /**
   * @param value a slug; use {@link DisplayName#slug()} for anything that a caller gave
   * @throws InvalidValueException if the value is not a slug
   */
  public OrganizationName {
    if (!Slug.isSlug(value) || value.length() > MAX_LENGTH) {
      throw new InvalidValueException(value, "a slug of 1-100 characters, like olivias-org");
    }
  }

  @Override
  public int compareTo(OrganizationName other) {
    return value.compareTo(other.value);
  }

  @Override
  public String toString() {
    return value;
  }
}
