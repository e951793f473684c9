package accounts.telemetry;

import accounts.domain.EntityKey;
import java.util.Locale;

/** Words that spans have for values: kinds, never what is in them. */
final class Kinds {

  private Kinds() {}

  /** Returns the kind of entity of a key. */
  static String of(EntityKey<?> key) {
    return switch (key) {
      case EntityKey.UserKey user -> "user";
      case EntityKey.OrganizationKey organization -> "organization";
      case EntityKey.MembershipKey membership -> "membership";
    };
  }

  /** Returns the name of a value's case in its sealed type. */
  static String of(Object outcome) {
    return outcome.getClass().getSimpleName().toLowerCase(Locale.ROOT);
  }
}
