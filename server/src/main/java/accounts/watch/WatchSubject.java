package accounts.watch;

import accounts.domain.EntityKey;
import accounts.domain.EntityKey.MembershipKey;
import accounts.domain.EntityKey.OrganizationKey;
import accounts.domain.EntityKey.UserKey;
import accounts.domain.OrganizationName;
import accounts.domain.Username;
import accounts.store.FeedPartition;
import java.util.List;
import java.util.stream.IntStream;

/** Whose changes are watched. */
public sealed interface WatchSubject {

  /** An organization and its memberships. */
  record OfOrganization(OrganizationName organization) implements WatchSubject {}

  /** A user and its memberships, which are in the partitions of their organizations. */
  record OfUser(Username username) implements WatchSubject {}

  /** All users, organizations and memberships. */
  record Everything() implements WatchSubject {}

  /** Returns the partitions of the feed that its changes are in, in ascending order. */
  default List<Integer> partitions() {
    return switch (this) {
      case OfOrganization(OrganizationName organization) ->
          List.of(FeedPartition.of(new OrganizationKey(organization)));
      case OfUser user -> IntStream.range(0, FeedPartition.COUNT).boxed().toList();
      case Everything all -> IntStream.range(0, FeedPartition.COUNT).boxed().toList();
    };
  }

  /** Returns whether an entity's changes are among them. */
  default boolean includes(EntityKey<?> entity) {
    return switch (this) {
      case OfOrganization(OrganizationName organization) ->
          switch (entity) {
            case OrganizationKey key -> key.organization().equals(organization);
            case MembershipKey key -> key.organization().equals(organization);
            case UserKey key -> false;
          };
      case OfUser(Username username) ->
          switch (entity) {
            case UserKey key -> key.username().equals(username);
            case MembershipKey key -> key.username().equals(username);
            case OrganizationKey key -> false;
          };
      case Everything all -> true;
    };
  }
}
