package accounts.local.momento;

import org.jspecify.annotations.Nullable;

/**
 * A past item of a key.
 *
 * @param item null if the key had none
 * @param replacedAt the ticker's reading at which it was replaced
 */
record PastVersion(@Nullable Item item, long replacedAt) {}
