package accounts.cache.momento;

import static java.nio.charset.StandardCharsets.UTF_8;

import accounts.domain.EntityKey;
import accounts.domain.EntityKey.MembershipKey;
import accounts.domain.EntityKey.OrganizationKey;
import accounts.domain.EntityKey.UserKey;
import accounts.domain.OrganizationName;
import accounts.domain.Username;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.util.Optional;

/**
 * Keys as the text of a hint: a letter for the kind and the names, escaped as in URLs, with slashes
 * between. The longest is a few hundred bytes; Momento takes 4 KB.
 */
final class HintText {

  private HintText() {}

  static String of(EntityKey<?> key) {
    return switch (key) {
      case UserKey user -> "u/" + escaped(user.username().value());
      case OrganizationKey organization -> "o/" + escaped(organization.organization().value());
      case MembershipKey membership ->
          "m/"
              + escaped(membership.organization().value())
              + "/"
              + escaped(membership.username().value());
    };
  }

  private static String escaped(String name) {
    return URLEncoder.encode(name, UTF_8);
  }

  /** Returns the key that a text names; empty if it is none, as from a later version. */
  static Optional<EntityKey<?>> key(String text) {
    String[] parts = text.split("/", -1);
    try {
      return switch (parts[0] + parts.length) {
        case "u2" -> Optional.of(new UserKey(username(parts[1])));
        case "o2" -> Optional.of(new OrganizationKey(organization(parts[1])));
        case "m3" -> Optional.of(new MembershipKey(organization(parts[1]), username(parts[2])));
        default -> Optional.empty();
      };
    } catch (IllegalArgumentException e) { // names that are none, and what is not escaped rightly
      return Optional.empty();
    }
  }

  private static Username username(String escaped) {
    return new Username(URLDecoder.decode(escaped, UTF_8));
  }

  private static OrganizationName organization(String escaped) {
    return new OrganizationName(URLDecoder.decode(escaped, UTF_8));
  }
}
