package accounts.store.dynamodb;

import accounts.domain.Account;
import accounts.domain.AccountKind;
import accounts.domain.EntityKey.AccountKey;
import accounts.domain.Label;
import accounts.domain.Labels;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
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
    return Stream.concat(
            Stream.of(named(account.key())), of(account.key(), account.labels()).stream())
        .collect(Collectors.toUnmodifiableSet());
  }

  /** Returns the keys of the entries that a user or an organization has for some labels. */
  static Set<Map<String, AttributeValue>> of(AccountKey<?> key, Labels labels) {
    return labels.values().entrySet().stream()
        .map(label -> new Label(label.getKey(), label.getValue()))
        .map(label -> ItemKeys.key(ItemKeys.directoryOf(AccountKind.of(key), label), key.name()))
        .collect(Collectors.toUnmodifiableSet());
  }

  /** Returns the keys of the entries that are in the first and not in the second. */
  static Set<Map<String, AttributeValue>> difference(
      Set<Map<String, AttributeValue>> one, Set<Map<String, AttributeValue>> other) {
    return one.stream()
        .filter(entry -> !other.contains(entry))
        .collect(Collectors.toUnmodifiableSet());
  }

  /** Returns the key of the entry that every user and organization has. */
  static Map<String, AttributeValue> named(AccountKey<?> key) {
    return ItemKeys.key(
        ItemKeys.directoryOf(AccountKind.of(key), key.name().charAt(0)), key.name());
  }
}
