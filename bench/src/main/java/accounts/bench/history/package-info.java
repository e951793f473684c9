/**
 * Histories of operations, key by key, and the checks of the guarantee on them. Pure except {@link
 * accounts.bench.history.Watch}, which may be used from any thread; everything else belongs to the
 * thread that holds the watch's lock.
 */
@NullMarked
package accounts.bench.history;

import org.jspecify.annotations.NullMarked;
