package accounts.client;

import java.util.Optional;

/**
 * What became of one key of a batch: found, or absent, which is an answer and not an error.
 *
 * @param key as in the request
 * @param value what was found; empty if there is no such thing
 * @param revision of what was found; if absent that of its removal, 0 if it never was
 */
public record Lookup<K, T>(K key, Optional<T> value, long revision) {}
