package accounts.service;

import accounts.domain.AccountError.UserAlreadyExists;
import accounts.domain.EntityKey;
import accounts.domain.EntityKey.UserKey;
import accounts.domain.Labels;
import accounts.domain.Lookup;
import accounts.domain.PersonName;
import accounts.domain.Revision;
import accounts.domain.User;
import accounts.domain.Username;
import accounts.store.Change;
import accounts.store.Lookups;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Creates a user unless the username is taken. */
public record CreateUser(
    Username username, PersonName firstName, PersonName lastName, Labels labels)
    implements Mutation {

  @Override
  public Optional<Username> actor() {
    return Optional.of(username);
  }

  @Override
  public Optional<Username> recordedActor() {
    return Optional.empty();
  }

  @Override
  public Set<EntityKey<?>> readSet() {
    return Set.of(new UserKey(username));
  }

  @Override
  public Decision decide(Lookups seen, Instant now) {
    return switch (seen.get(new UserKey(username))) {
      case Lookup.Found<User> found -> taken();
      case Lookup.Absent<User> absent ->
          absent.isReserved(now) ? taken() : created(absent.revision(), now);
    };
  }

  private Decision taken() {
    return new Decision.Refuse(new UserAlreadyExists(username));
  }

  /** The condition on the revision covers the reservation, which never changes without it. */
  private Decision created(Revision removal, Instant now) {
    User user = User.created(username, firstName, lastName, labels, removal, now);
    return new Decision.Proceed(List.of(new Change.Create(user)), List.of(user));
  }
}
