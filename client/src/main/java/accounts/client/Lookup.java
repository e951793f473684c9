package accounts.client;

import java.util.Optional;

/**
 * The result for one key of a batch: found or absent. Absence is an answer and not an error.
 *
 * @param key as in the request
 * @param value what was found; empty if absent
 * @param revision of what was found; if absent, of its removal, or 0 if it never existed
 */
public record Lookup<K, T>(K key, Optional<T> value, long revision) {}
