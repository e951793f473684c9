/**
 * The read path: through the cache, from the store on a miss, and from this instance's near cache
 * for BOUNDED reads. Concurrent reads of one key are coalesced.
 *
 * <p>Thread rule: everything may be used from any thread; futures complete on threads of the store
 * or the cache, which must not be blocked.
 */
@NullMarked
package accounts.read;

import org.jspecify.annotations.NullMarked;
