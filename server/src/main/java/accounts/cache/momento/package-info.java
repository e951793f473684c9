/**
 * The cache in Momento, through Momento's generated stubs; its SDK reads the API key.
 *
 * <p>Thread rule: everything may be used from any thread; futures complete on the event loop of
 * their connection, which for reads is the one that began them, and must not be blocked.
 */
@NullMarked
package accounts.cache.momento;

import org.jspecify.annotations.NullMarked;
