package accounts.local.momento;

import org.jspecify.annotations.Nullable;

/**
 * The effect of a change on a key, and its result.
 *
 * @param item the new item of the key; null for none
 * @param result for the caller of the change
 */
record Change<R>(@Nullable Item item, R result) {}
