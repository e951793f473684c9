package accounts.cache.momento;

import static java.nio.charset.StandardCharsets.UTF_8;

import accounts.domain.EntityKey;
import accounts.domain.EntityKey.MembershipKey;
import accounts.domain.EntityKey.OrganizationKey;
import accounts.domain.EntityKey.UserKey;
import accounts.domain.OrganizationName;
import accounts.domain.Revision;
import accounts.domain.Username;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.util.Optional;

/**
 * A changed key and its revision as the text of a hint: a letter for the kind, the revision, and
 * the names, escaped as in URLs, with slashes between. The longest is a few hundred bytes; Momento
 * takes 4 KB.
 */
final class HintText {

  private HintText() {}

  /** A received hint. */
  record Hint(EntityKey<?> key, Revision revision) {}

  static String of(EntityKey<?> key, Revision revision) {
    return switch (key) {
      case UserKey user -> "u/" + revision + "/" + escaped(user.username().value());
      case OrganizationKey organization ->
          "o/" + revision + "/" + escaped(organization.organization().value());
      case MembershipKey membership ->
          "m/"
              + revision
              + "/"
              + escaped(membership.organization().value())
              + "/"
              + escaped(membership.username().value());
    };
  }

  private static String escaped(String name) {
    return URLEncoder.encode(name, UTF_8);
  }

  /** Parses a hint; empty if the text is not a hint of this version. */
  static Optional<Hint> parse(String text) {
    String[] parts = text.split("/", -1);
    try {
      return switch (parts[0] + parts.length) {
        case "u3" -> hint(parts, new UserKey(username(parts[2])));
        case "o3" -> hint(parts, new OrganizationKey(organization(parts[2])));
        case "m4" -> hint(parts, new MembershipKey(organization(parts[2]), username(parts[3])));
        default -> Optional.empty();
      };
    } catch (IllegalArgumentException e) { // names or numbers that are none
      return Optional.empty();
    }
  }

  private static Optional<Hint> hint(String[] parts, EntityKey<?> key) {
    return Optional.of(new Hint(key, new Revision(Long.parseLong(parts[1]))));
  }

  private static Username username(String escaped) {
    return new Username(URLDecoder.decode(escaped, UTF_8));
  }

  private static OrganizationName organization(String escaped) {
    return new OrganizationName(URLDecoder.decode(escaped, UTF_8));
  }
}
