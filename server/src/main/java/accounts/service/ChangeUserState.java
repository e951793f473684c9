package accounts.service;

import accounts.domain.AccountError.BeingDeleted;
import accounts.domain.AccountError.UserNotFound;
import accounts.domain.EntityKey;
import accounts.domain.EntityKey.UserKey;
import accounts.domain.Lookup;
import accounts.domain.Revision;
import accounts.domain.User;
import accounts.domain.UserState;
import accounts.domain.Username;
import accounts.store.Change;
import accounts.store.Lookups;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Suspends a user, or resumes it. Nobody's role allows it: the caller needs a scope.
 *
 * @param state the new one
 * @param expected the revision that the user must have; {@link Revision#NONE}: any
 */
public record ChangeUserState(Username username, UserState state, Revision expected)
    implements Mutation {

  @Override
  public Optional<Username> actor() {
    return Optional.empty();
  }

  @Override
  public Set<EntityKey<?>> readSet() {
    return Set.of(new UserKey(username));
  }

  @Override
  public Decision decide(Lookups seen, Instant now) {
    return switch (seen.get(new UserKey(username))) {
      case Lookup.Found<User> found -> decide(found.entity(), now);
      case Lookup.Absent<User> absent ->
          new Decision.Refuse(new UserNotFound(username, absent.revision()));
    };
  }

  private Decision decide(User user, Instant now) {
    return ExpectedRevision.refusal(user.key(), expected, user.revision())
        .or(() -> user.deleting() ? Optional.of(new BeingDeleted(user.key())) : Optional.empty())
        .<Decision>map(Decision.Refuse::new)
        .orElseGet(() -> changed(user, now));
  }

  private Decision changed(User user, Instant now) {
    if (user.state() == state) {
      return new Decision.Proceed(List.of(new Change.Keep(user)), List.of(user));
    }
    User changed = user.inState(state, now);
    return new Decision.Proceed(List.of(new Change.Replace(changed)), List.of(changed));
  }
}
