package accounts.local.momento;

import org.jspecify.annotations.Nullable;

/**
 * What a change makes of a key.
 *
 * @param item what the key holds from now on, null for nothing
 * @param result what the one who asked for the change wants to know of it
 */
record Change<R>(@Nullable Item item, R result) {}
