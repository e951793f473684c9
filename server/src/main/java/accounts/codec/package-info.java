/**
 * The stored form of entities, which cells in the cache and request records in the table share. Its
 * own messages, not those of the contract, so that either may change without the other.
 *
 * <p>Thread rule: stateless.
 */
@NullMarked
package accounts.codec;

import org.jspecify.annotations.NullMarked;
