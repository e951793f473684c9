package accounts.grpc;

import accounts.domain.EntityKey;
import accounts.domain.EntityKey.MembershipKey;
import accounts.domain.EntityKey.OrganizationKey;
import accounts.domain.EntityKey.UserKey;
import accounts.domain.InvalidValueException;
import accounts.domain.Revision;
import accounts.store.AuditPosition;
import accounts.store.AuditQuery;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A place in a trail, as page tokens have it: a revision, and for a membership the name of its
 * organization, or of its member, whichever the query does not have.
 *
 * @param name empty for the user or organization itself
 */
record TrailPlace<N>(Optional<N> name, Revision revision) {

  private static final Pattern TEXT = Pattern.compile("(\\d{1,18})(?: (.*))?");

  /**
   * Reads the text of a place.
   *
   * @throws InvalidValueException if it is not the text of one
   */
  static <N> TrailPlace<N> read(String text, Function<String, N> name) {
    Matcher matcher = TEXT.matcher(text);
    if (!matcher.matches()) {
      throw new InvalidValueException(text, "a revision, and perhaps a name");
    }
    return new TrailPlace<>(
        Optional.ofNullable(matcher.group(2)).map(name),
        new Revision(Long.parseLong(matcher.group(1))));
  }

  /** Returns the text of a position in the trail of a query. */
  static String text(AuditPosition position, AuditQuery query) {
    return switch (position.entity()) {
      case UserKey user -> position.revision().toString();
      case OrganizationKey organization -> position.revision().toString();
      case MembershipKey membership ->
          position.revision()
              + " "
              + switch (query) {
                case AuditQuery.OfOrganization q -> membership.username().value();
                case AuditQuery.OfUser q -> membership.organization().value();
              };
    };
  }

  /** Returns the position, given the entity itself and how a membership is named. */
  AuditPosition position(EntityKey<?> itself, Function<N, MembershipKey> membership) {
    return new AuditPosition(name.<EntityKey<?>>map(membership).orElse(itself), revision);
  }
}
