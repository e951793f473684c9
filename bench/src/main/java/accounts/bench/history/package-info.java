/**
 * What callers did and saw, key by key, and whether the guarantee holds on it. Pure but for {@link
 * accounts.bench.history.Watch}, which may be used from any thread; all else belongs to the thread
 * that holds the watch's lock.
 */
@NullMarked
package accounts.bench.history;

import org.jspecify.annotations.NullMarked;
