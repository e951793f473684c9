package accounts.bench.freshness;

import accounts.bench.history.Watch;
import accounts.v1.Role;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Makes random changes to the entities that exist for the whole run: users, memberships, and the
 * organization.
 *
 * @param owner the organization's founder, who may change it and its memberships
 */
record Changer(Writer writer, Names names, String owner) {

  private static final List<Role> ROLES =
      List.of(Role.ROLE_MEMBER, Role.ROLE_ADMIN, Role.ROLE_OWNER);

  /** Makes one change. */
  void change(Watch watch) throws InterruptedException {
    Mutation mutation =
        switch (watch.key().kind()) {
          case USER -> ofUser(watch);
          case ORGANIZATION -> Mutations.updateOrganization(watch.key(), names.value(), owner);
          case MEMBERSHIP -> ofMembership(watch);
        };
    writer.write(mutation, List.of(watch));
  }

  /**
   * What a change leaves as it was would depend on the change before, whose outcome may be unknown:
   * so the users that are renamed are not those that are suspended.
   */
  private Mutation ofUser(Watch watch) {
    if (!Names.isSuspendable(watch.key().username())) {
      return Mutations.updateUser(watch.key(), names.value());
    }
    return ThreadLocalRandom.current().nextBoolean()
        ? Mutations.suspend(watch.key())
        : Mutations.resume(watch.key());
  }

  /** Two writers may change the same membership at once; one is then refused, which is harmless. */
  private Mutation ofMembership(Watch watch) {
    Role role = ROLES.get(ThreadLocalRandom.current().nextInt(ROLES.size()));
    return switch (ThreadLocalRandom.current().nextInt(4)) {
      case 0 -> Mutations.remove(watch.key(), owner);
      case 1 -> Mutations.changeRole(watch.key(), role, owner);
      default -> Mutations.add(watch.key(), role, owner);
    };
  }
}
