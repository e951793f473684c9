package accounts.store.dynamodb;

import accounts.domain.Account;
import accounts.domain.AccountKind;
import accounts.domain.EntityKey.AccountKey;
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

  private static final String DIGITS = "0123456789";
  private static final String CAPITALS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ";
  private static final String SMALL_LETTERS = "abcdefghijklmnopqrstuvwxyz";

  private DirectoryEntries() {}

  /** Returns the characters with which names begin, in the order of the names. */
  static String firstCharacters(AccountKind kind) {
    return switch (kind) {
      case USER -> DIGITS + CAPITALS + SMALL_LETTERS;
      case ORGANIZATION -> DIGITS + "_" + SMALL_LETTERS;
    };
  }

  /** Returns the keys of all entries that a user or an organization has. */
  static Set<Map<String, AttributeValue>> of(Account account) {
    return Set.of(named(account.key()));
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

  private static Map<String, AttributeValue> named(AccountKey<?> key) {
    return ItemKeys.key(
        ItemKeys.directoryOf(AccountKind.of(key), key.name().charAt(0)), key.name());
  }
}
