package accounts.domain;

import accounts.domain.EntityKey.AccountKey;
import accounts.domain.EntityKey.OrganizationKey;
import accounts.domain.EntityKey.UserKey;

/** Users or organizations; a list of either has only one of the two. */
public enum AccountKind {
  /** Users, which have usernames. */
  USER,

  /** Organizations, whose names are slugs. */
  ORGANIZATION;

  private static final String DIGITS = "0123456789";
  private static final String CAPITALS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ";
  private static final String SMALL_LETTERS = "abcdefghijklmnopqrstuvwxyz";

  /** Returns the characters with which names of this kind begin, in the order of the names. */
  public String firstCharacters() {
    return switch (this) {
      case USER -> DIGITS + CAPITALS + SMALL_LETTERS;
      case ORGANIZATION -> DIGITS + "_" + SMALL_LETTERS;
    };
  }

  /** Returns of which kind a key is. */
  public static AccountKind of(AccountKey<?> key) {
    return switch (key) {
      case UserKey user -> USER;
      case OrganizationKey organization -> ORGANIZATION;
    };
  }

  /**
   * Returns the key of the user or organization that has a name.
   *
   * @throws InvalidValueException if it is not a name of this kind
   */
  public AccountKey<?> key(String name) {
    return switch (this) {
      case USER -> new UserKey(new Username(name));
      case ORGANIZATION -> new OrganizationKey(new OrganizationName(name));
    };
  }
}
