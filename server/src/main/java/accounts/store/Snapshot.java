package accounts.store;

import java.util.Optional;

/**
 * A consistent snapshot of several entities.
 *
 * @param lookups the entities asked for
 * @param request the record of the request asked for; empty if it has none yet
 */
public record Snapshot(Lookups lookups, Optional<RequestRecord> request) {}
