/**
 * The repair: updates the cache after changes that no living writer took there, out-of-band changes
 * among them, and handles the notices of writers that cannot reach the cache. {@link
 * accounts.repair.dynamodb} reads the stream.
 *
 * <p>Thread rule: everything may be used from any thread.
 */
@NullMarked
package accounts.repair;

import org.jspecify.annotations.NullMarked;
