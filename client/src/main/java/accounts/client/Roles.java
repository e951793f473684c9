package accounts.client;

/** Converts roles to and from the contract's numbers. */
final class Roles {

  /** The filter for members of any role. */
  static final int ANY = accounts.v1.Role.ROLE_UNSPECIFIED_VALUE;

  private Roles() {}

  static Role of(accounts.v1.Role role) {
    return switch (role) {
      case ROLE_OWNER -> Role.OWNER;
      case ROLE_ADMIN -> Role.ADMIN;
      case ROLE_MEMBER -> Role.MEMBER;
      case ROLE_UNSPECIFIED, UNRECOGNIZED -> Role.UNKNOWN;
    };
  }

  /**
   * Returns the role's number in the contract. {@link Role#UNKNOWN} gets one that the service
   * refuses everywhere; 0 would be "any role" in a filter.
   */
  static int number(Role role) {
    return switch (role) {
      case OWNER -> accounts.v1.Role.ROLE_OWNER_VALUE;
      case ADMIN -> accounts.v1.Role.ROLE_ADMIN_VALUE;
      case MEMBER -> accounts.v1.Role.ROLE_MEMBER_VALUE;
      case UNKNOWN -> -1;
    };
  }
}
