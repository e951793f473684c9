package accounts.read;

import accounts.domain.Entity;
import accounts.domain.EntityKey;
import accounts.domain.Labels;
import accounts.domain.Membership;
import accounts.domain.Organization;
import accounts.domain.User;
import accounts.service.ReadResult;

/** Estimates the memory of a near cache entry, in bytes. */
final class Weight {

  /** Of a key, a result, an entity, the message that shows it and Caffeine, without their text. */
  private static final int OBJECTS = 850;

  /** Objects of a label: two texts, and entries of a tree and of the message's map. */
  private static final int LABEL = 184;

  private Weight() {}

  static int of(EntityKey<?> key, ReadResult<?> result) {
    return OBJECTS + text(key) + result.lookup().toOptional().map(Weight::text).orElse(0);
  }

  private static int text(EntityKey<?> key) {
    return switch (key) {
      case EntityKey.UserKey user -> bytes(user.username().value());
      case EntityKey.OrganizationKey organization -> bytes(organization.organization().value());
      case EntityKey.MembershipKey membership ->
          bytes(membership.organization().value()) + bytes(membership.username().value());
    };
  }

  private static int text(Entity entity) {
    return text(entity.key())
        + switch (entity) {
          case User user ->
              bytes(user.firstName().value())
                  + bytes(user.lastName().value())
                  + labels(user.labels());
          case Organization organization ->
              bytes(organization.displayName())
                  + bytes(organization.foundingUser().value())
                  + labels(organization.labels());
          case Membership membership -> 0;
        };
  }

  private static int labels(Labels labels) {
    return labels.values().entrySet().stream()
        .mapToInt(label -> LABEL + bytes(label.getKey()) + bytes(label.getValue()))
        .sum();
  }

  private static int bytes(String text) {
    return 2 * text.length();
  }
}
