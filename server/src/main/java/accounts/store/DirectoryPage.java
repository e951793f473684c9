package accounts.store;

import accounts.domain.EntityKey.AccountKey;
import java.util.List;

/**
 * A page of the directory.
 *
 * @param keys of users or organizations, in the order of their names
 * @param more whether there are more after the last of these
 */
public record DirectoryPage(List<AccountKey<?>> keys, boolean more) {

  /** Copies the list. */
  public DirectoryPage {
    keys = List.copyOf(keys);
  }
}
