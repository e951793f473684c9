package accounts.cache;

import accounts.domain.EntityKey;
import accounts.domain.EntityKey.MembershipKey;
import accounts.domain.EntityKey.OrganizationKey;
import accounts.domain.EntityKey.UserKey;

/**
 * The cache key of an entity's cell, built from the cell format, the incarnation of the table, and
 * the entity. Each name is preceded by its length, so no two cells share a key whatever the names
 * are.
 *
 * @param entity the entity
 * @param text the key in the cache
 */
public record CellKey(EntityKey<?> entity, String text) {

  /**
   * The number of the cell's own format, which all instances must share ({@code docs/adr/0008}). An
   * answer inside a cell has a format number of its own, in which instances may differ.
   */
  public static final int FORMAT = 3;

  /**
   * Returns the key of an entity's cell.
   *
   * @param incarnation of the table
   */
  public static CellKey of(String incarnation, EntityKey<?> entity) {
    return new CellKey(entity, FORMAT + "/" + tagged(incarnation) + "/" + name(entity));
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

  private static String tagged(String name) {
    return name.length() + ":" + name;
  }
}
