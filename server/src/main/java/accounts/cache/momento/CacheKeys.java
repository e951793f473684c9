package accounts.cache.momento;

import accounts.domain.EntityKey;
import accounts.domain.EntityKey.MembershipKey;
import accounts.domain.EntityKey.OrganizationKey;
import accounts.domain.EntityKey.UserKey;

/**
 * Where things are in the cache. Every name in a key stands behind its length, so no two things
 * share a key whatever their names are.
 */
final class CacheKeys {

  /** Of the values' bytes. Raise it when an instance of the version before would misread them. */
  private static final int FORMAT = 1;

  private CacheKeys() {}

  /** Key of the cached answer. */
  static String value(EntityKey<?> key) {
    return "v" + FORMAT + "/" + name(key);
  }

  /**
   * Key of the generation: one for all formats, so that instances of any version see each other's
   * writes.
   */
  static String generation(EntityKey<?> key) {
    return "g/" + name(key);
  }

  /** Key of the lease on filling a key at a generation. */
  static String lease(EntityKey<?> key, long generation) {
    return "l/" + generation + "/" + name(key);
  }

  private static String name(EntityKey<?> key) {
    return switch (key) {
      case UserKey user -> "user/" + tagged(user.username().value());
      case OrganizationKey organization -> "org/" + tagged(organization.organization().value());
      case MembershipKey membership ->
          "member/"
              + tagged(membership.organization().value())
              + "/"
              + tagged(membership.username().value());
    };
  }

  /**
   * Returns a name behind its length; two sequences of tagged names are equal only if all their
   * names are.
   */
  static String tagged(String name) {
    return name.length() + ":" + name;
  }
}
