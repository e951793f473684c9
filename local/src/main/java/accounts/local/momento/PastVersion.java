package accounts.local.momento;

import org.jspecify.annotations.Nullable;

/**
 * What a key held once.
 *
 * @param item null if it held nothing
 * @param replacedAt the ticker's reading at which something else took its place
 */
record Version(@Nullable Item item, long replacedAt) {}
