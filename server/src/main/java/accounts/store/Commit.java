package accounts.store;

import java.util.List;
import java.util.Optional;

/**
 * Changes that belong together.
 *
 * @param changes at most 99, no two of them on one entity
 * @param record kept together with the changes; with it, the commit takes place only if the request
 *     has no record yet
 */
public record Commit(List<Change> changes, Optional<RequestRecord> record) {}
