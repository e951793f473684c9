package accounts.bench.history;

/**
 * One thing that is written and read.
 *
 * @param organization its slug; empty for a user
 * @param username empty for an organization
 */
public record Key(Kind kind, String organization, String username) {

  /** Names a user. */
  public static Key user(String username) {
    return new Key(Kind.USER, "", username);
  }

  /** Names an organization. */
  public static Key organization(String slug) {
    return new Key(Kind.ORGANIZATION, slug, "");
  }

  /** Names a membership. */
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
