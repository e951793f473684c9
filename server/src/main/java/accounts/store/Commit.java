package accounts.store;

import java.util.List;
import java.util.Optional;

/**
 * Changes that are committed together, or not at all.
 *
 * @param changes at most 48, no two of them on one entity
 * @param record stored together with the changes; the commit happens only if the request has no
 *     record yet
 * @param entries stored together with the changes, one for each that creates, replaces or removes
 *     an entity
 */
public record Commit(
    List<Change> changes, Optional<RequestRecord> record, List<AuditEntry> entries) {}
