package accounts.bench.history;

/**
 * The key of a user, an organization or a membership.
 *
 * @param organization its slug; empty for a user
 * @param username empty for an organization
 */
public record Key(Kind kind, String organization, String username) {

  /** Returns the key of a user. */
  public static Key user(String username) {
    return new Key(Kind.USER, "", username);
  }

  /** Returns the key of an organization. */
  public static Key organization(String slug) {
    return new Key(Kind.ORGANIZATION, slug, "");
  }

  /** Returns the key of a membership. */
  public static Key membership(String slug, String username) {
    return new Key(Kind.MEMBERSHIP, slug, username);
  }

  @Override
  public String toString() {
    return switch (kind) {
      case USER -> "user " + username;
      case ORGANIZATION -> "organization " + organization;
      case MEMBERSHIP -> "membership of " + username + " in " + organization;
    };
  }
}
