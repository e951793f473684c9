package accounts.domain;

/**
 * How the names of some users, or of some organizations, begin. Letter case counts.
 *
 * <p>The rule is that of {@code accounts.v1}; a test compares the two.
 *
 * @param text may be empty, with which every name begins
 */
public record NamePrefix(AccountKind kind, String text) {

  /**
   * @throws InvalidValueException if no name of this kind begins so
   */
  public NamePrefix {
    if (!text.isEmpty() && !isBeginning(kind, text)) {
      throw new InvalidValueException(text, "empty, or the beginning of " + names(kind));
    }
  }

  private static boolean isBeginning(AccountKind kind, String text) {
    return switch (kind) {
      case USER -> Username.isValid(text);
      // The hyphen that ends it joins it to what follows.
      case ORGANIZATION ->
          text.length() <= OrganizationName.MAX_LENGTH
              && Slug.isSlug(text.endsWith("-") ? text.substring(0, text.length() - 1) : text);
    };
  }

  private static String names(AccountKind kind) {
    return switch (kind) {
      case USER -> "a username, " + Username.EXPECTED;
      case ORGANIZATION -> "a slug of 1-100 characters, like olivias-org";
    };
  }

  /** Returns whether a name begins so. */
  public boolean matches(String name) {
    return name.startsWith(text);
  }
}
