package accounts.store;

import accounts.domain.EntityKey.AccountKey;
import java.util.Optional;

/**
 * The note of a deletion that has begun, by which any instance can finish it.
 *
 * @param key what is deleted
 * @param force whether memberships are removed with it
 * @param origin who asked for it, for the audit trail
 * @param fingerprint of the content of the request that asked for it; empty if that had no id
 */
public record Deletion(
    AccountKey<?> key, boolean force, Origin origin, Optional<String> fingerprint) {}
