package accounts.store.dynamodb;

import accounts.domain.Account;
import accounts.domain.Organization;
import accounts.domain.User;
import accounts.store.AccountKind;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * The entries by which users and organizations are found without their whole name: items that are
 * nothing but a key, a partition of the directory and the name in it. They change in the
 * transaction that changes what they are of.
 */
final class DirectoryEntries {

  private DirectoryEntries() {}

  /** Returns the keys of all entries that a user or an organization has. */
  static Set<Map<String, AttributeValue>> of(Account account) {
    return switch (account) {
      case User user -> Set.of(named(AccountKind.USER, user.username().value()));
      case Organization organization ->
          Set.of(named(AccountKind.ORGANIZATION, organization.name().value()));
    };
  }

  /** Returns the keys of the entries that the first has and the second has not. */
  static Set<Map<String, AttributeValue>> difference(
      Optional<Account> one, Optional<Account> other) {
    Set<Map<String, AttributeValue>> others = of(other);
    return of(one).stream()
        .filter(entry -> !others.contains(entry))
        .collect(Collectors.toUnmodifiableSet());
  }

  private static Set<Map<String, AttributeValue>> of(Optional<Account> account) {
    return account.map(DirectoryEntries::of).orElse(Set.of());
  }

  private static Map<String, AttributeValue> named(AccountKind kind, String name) {
    return ItemKeys.key(ItemKeys.directoryOf(kind, name.charAt(0)), name);
  }
}
