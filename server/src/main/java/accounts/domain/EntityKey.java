package accounts.domain;

/**
 * The identity of an entity, whether it exists or not.
 *
 * @param <E> the kind of entity it names
 */
public sealed interface EntityKey<E extends Entity> {

  /**
   * Names a user or an organization.
   *
   * @param <A> which of the two
   */
  sealed interface AccountKey<A extends Account> extends EntityKey<A> {

    /** Returns the name, without its kind. */
    String name();
  }

  /** Names a user. */
  record UserKey(Username username) implements AccountKey<User> {

    @Override
    public String name() {
      return username.value();
    }
  }

  /** Names an organization. */
  record OrganizationKey(OrganizationName organization) implements AccountKey<Organization> {

    @Override
    public String name() {
      return organization.value();
    }
  }

  /** Names a user's membership in an organization. */
  record MembershipKey(OrganizationName organization, Username username)
      implements EntityKey<Membership> {}
}
