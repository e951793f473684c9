package accounts.client;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * Checks lists by label: an instance of a version before labels passes over the label and lists
 * all, which would be taken for those that have it.
 */
final class Labelled {

  private Labelled() {}

  /** Returns the users; throws {@link AccountsException} if one lacks the label. */
  static List<User> users(List<User> users, Optional<Label> label) {
    return checked(users, label, User::username, User::labels);
  }

  /** Returns the organizations; throws {@link AccountsException} if one lacks the label. */
  static List<Organization> organizations(List<Organization> organizations, Optional<Label> label) {
    return checked(organizations, label, Organization::organizationName, Organization::labels);
  }

  private static <T> List<T> checked(
      List<T> listed,
      Optional<Label> label,
      Function<T, String> name,
      Function<T, Map<String, String>> labels) {
    for (T one : listed) {
      label
          .filter(wanted -> !wanted.isIn(labels.apply(one)))
          .ifPresent(missing -> {
            throw Mistakes.notListedByLabel(missing, name.apply(one));
          });
    }
    return listed;
  }
}
