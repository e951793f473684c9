/**
 * The port of the remote cache: cells, one a key, changed by compare-and-set alone; and its
 * decorators.
 *
 * <p>Thread rule: everything may be used from any thread; futures complete on threads of the
 * cache's and must not be blocked.
 */
@NullMarked
package accounts.cache;

import org.jspecify.annotations.NullMarked;
