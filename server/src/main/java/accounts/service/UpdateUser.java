package accounts.service;

import accounts.domain.AccountError.UserNotFound;
import accounts.domain.EntityKey;
import accounts.domain.EntityKey.UserKey;
import accounts.domain.LabelChange;
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
 * Changes a user's names and labels.
 *
 * @param firstName the new one; empty leaves it
 * @param lastName the new one; empty leaves it
 * @param expected the revision that the user must have; {@link Revision#NONE}: any
 */
public record UpdateUser(
    Username username,
    Optional<PersonName> firstName,
    Optional<PersonName> lastName,
    LabelChange labels,
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
        .or(() -> LabelLimit.refusal(user, labels))
        .<Decision>map(Decision.Refuse::new)
        .orElseGet(() -> proceed(user, now));
  }

  private Decision proceed(User before, Instant now) {
    User after =
        before.updated(
            firstName.orElse(before.firstName()),
            lastName.orElse(before.lastName()),
            labels.after(before.labels()),
            now);
    return isSame(before, after)
        ? new Decision.Proceed(List.of(new Change.Keep(before)), List.of(before))
        : new Decision.Proceed(List.of(new Change.Replace(after, before.labels())), List.of(after));
  }

  private static boolean isSame(User before, User after) {
    return after.firstName().equals(before.firstName())
        && after.lastName().equals(before.lastName())
        && after.labels().equals(before.labels());
  }
}
