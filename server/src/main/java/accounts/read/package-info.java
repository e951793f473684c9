/**
 * Reads: through the cache, from the store on a miss, and from this instance's memory where a
 * caller allows it. What many want at once is read once.
 *
 * <p>Thread rule: everything may be used from any thread; futures complete on threads of the
 * store's or the cache's and must not be blocked.
 */
@NullMarked
package accounts.read;

import org.jspecify.annotations.NullMarked;
