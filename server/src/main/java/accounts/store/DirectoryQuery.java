package accounts.store;

import accounts.domain.EntityKey.AccountKey;
import accounts.domain.Label;
import accounts.domain.NamePrefix;
import java.util.Optional;

/**
 * A query for a list of users, or of organizations, by name, and perhaps by a label.
 *
 * @param prefix how their names begin
 * @param label only those that have it; empty: all
 * @param after only those whose name comes after this one, which begins like them; of the same kind
 * @param limit the most to return; 1 or more
 */
public record DirectoryQuery(
    NamePrefix prefix, Optional<Label> label, Optional<AccountKey<?>> after, int limit) {

  /** Returns whether neither a prefix nor a label says which part of the directory it is of. */
  public boolean isOfAll() {
    return prefix.text().isEmpty() && label.isEmpty();
  }
}
