package accounts.store;

import accounts.domain.EntityKey;
import accounts.domain.EntityKey.MembershipKey;
import accounts.domain.EntityKey.OrganizationKey;
import accounts.domain.EntityKey.UserKey;
import java.util.zip.CRC32;

/**
 * Which partition of the feed the changes of an entity are in. Stored positions rely on it: another
 * number of partitions, or another hash, takes a feed of another name.
 */
public final class FeedPartition {

  /** How many partitions there are, numbered from 0. */
  public static final int COUNT = 8;

  private FeedPartition() {}

  /** Returns the partition of an entity; an organization shares one with its memberships. */
  public static int of(EntityKey<?> entity) {
    CRC32 hash = new CRC32();
    name(entity).chars().forEach(hash::update); // names are ASCII
    return (int) (hash.getValue() % COUNT);
  }

  private static String name(EntityKey<?> entity) {
    return switch (entity) {
      case UserKey user -> "USER#" + user.username();
      case OrganizationKey organization -> "ORG#" + organization.organization();
      case MembershipKey membership -> "ORG#" + membership.organization();
    };
  }
}
