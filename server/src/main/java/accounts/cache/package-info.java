/**
 * Reads through the cache: the port to a remote cache, and the read-aside path over it and the
 * store.
 *
 * <p>Thread rule: everything may be used from any thread; futures complete on threads of the
 * store's or the cache's and must not be blocked.
 */
@NullMarked
package accounts.cache;

import org.jspecify.annotations.NullMarked;
