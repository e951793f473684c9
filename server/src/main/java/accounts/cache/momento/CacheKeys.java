package accounts.cache.momento;

import accounts.domain.EntityKey;
import accounts.domain.EntityKey.MembershipKey;
import accounts.domain.EntityKey.OrganizationKey;
import accounts.domain.EntityKey.UserKey;

/**
 * Where things are in the cache. Every name in a key stands behind its length, so no two things
 * share a key whatever their names are.
 *
 * @param format of the values' bytes
 * @param sharedGenerations whether all formats go by the same generations; only the proof that this
 *     is needed passes false
 */
public record CacheKeys(int format, boolean sharedGenerations) {

  /** The format of this version. Raise it when an instance of the one before would misread it. */
  public static final int FORMAT = 2;

  /** Returns the key of the cached answer. */
  String value(EntityKey<?> key) {
    return "v" + format + "/" + name(key);
  }

  /**
   * Returns the key of the generation: one for all formats, so that instances of any version see
   * each other's writes.
   */
  String generation(EntityKey<?> key) {
    return (sharedGenerations ? "g/" : "g" + format + "/") + name(key);
  }

  /** Returns the key of the lease on filling a key at a generation. */
  String lease(EntityKey<?> key, long generation) {
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
