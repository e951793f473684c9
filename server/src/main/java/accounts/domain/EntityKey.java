package accounts.domain;

/**
 * The identity of an entity, whether it exists or not.
 *
 * @param <E> the kind of entity it names
 */
public sealed interface EntityKey<E extends Entity> {

  /** Names a user. */
  record UserKey(Username username) implements EntityKey<User> {}

  /** Names an organization. */
  record OrganizationKey(OrganizationName organization) implements EntityKey<Organization> {}

  /** Names a user's membership in an organization. */
  record MembershipKey(OrganizationName organization, Username username)
      implements EntityKey<Membership> {}
}
