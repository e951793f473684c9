/**
 * The port of the remote cache, which holds one cell for each key, changed by compare-and-set only;
 * and its decorators.
 *
 * <p>Thread rule: everything may be used from any thread; futures complete on the cache's threads,
 * which must not be blocked.
 */
@NullMarked
package accounts.cache;

import org.jspecify.annotations.NullMarked;
