package accounts.service;

import accounts.domain.AccountError.UserNotFound;
import accounts.domain.EntityKey;
import accounts.domain.EntityKey.UserKey;
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

/**
 * Changes a user's names.
 *
 * @param firstName the new one; empty leaves it
 * @param lastName the new one; empty leaves it
 * @param expected the revision that the user must have; {@link Revision#NONE}: any
 */
public record UpdateUser(
    Username username,
    Optional<PersonName> firstName,
    Optional<PersonName> lastName,
    Revision expected)
    implements Mutation {

  @Override
  public Optional<Username> actor() {
    return Optional.of(username);
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
        .<Decision>map(Decision.Refuse::new)
        .orElseGet(() -> renamed(user, now));
  }

  private Decision renamed(User user, Instant now) {
    User renamed =
        user.renamed(firstName.orElse(user.firstName()), lastName.orElse(user.lastName()), now);
    if (renamed.firstName().equals(user.firstName())
        && renamed.lastName().equals(user.lastName())) {
      return new Decision.Proceed(List.of(new Change.Keep(user)), List.of(user));
    }
    return new Decision.Proceed(List.of(new Change.Replace(renamed)), List.of(renamed));
  }
}
