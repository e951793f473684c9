package accounts.service;

import accounts.domain.AccountError.BeingDeleted;
import accounts.domain.AccountError.NotDeleted;
import accounts.domain.EntityKey;
import accounts.domain.EntityKey.UserKey;
import accounts.domain.Lookup;
import accounts.domain.Revision;
import accounts.domain.User;
import accounts.domain.Username;
import accounts.store.Change;
import accounts.store.Lookups;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Erases what is left of a deleted user. The username stays reserved for good: trails and other
 * systems name it, and nobody else is to be taken for the person. A user that was erased before is
 * erased again.
 */
record PurgeUser(Username username) implements Mutation {

  private static final Instant FOR_EVER = Instant.parse("9999-12-31T23:59:59.999Z");

  @Override
  public Optional<Username> actor() {
    return Optional.empty();
  }

  @Override
  public Set<EntityKey<?>> readSet() {
    return Set.of(key());
  }

  @Override
  public Decision decide(Lookups seen, Instant now) {
    return switch (seen.get(key())) {
      case Lookup.Found<User> found ->
          new Decision.Refuse(
              found.entity().deleting() ? new BeingDeleted(key()) : new NotDeleted(username));
      case Lookup.Absent<User> absent ->
          absent.revision().equals(Revision.NONE)
              ? new Decision.Refuse(NotFound.of(key(), Revision.NONE))
              : erased(absent.revision().next(), now);
    };
  }

  private Decision erased(Revision revision, Instant now) {
    return new Decision.Proceed(
        List.of(new Change.Erase(username, revision, FOR_EVER, now)), List.of());
  }

  private UserKey key() {
    return new UserKey(username);
  }
}
