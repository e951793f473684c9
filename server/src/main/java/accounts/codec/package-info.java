/**
 * The form in which entities, absences and outcomes are kept as bytes: in the cache and in request
 * records. Its own messages, not those of the contract, so that neither holds the other back.
 *
 * <p>Thread rule: stateless.
 */
@NullMarked
package accounts.codec;

import org.jspecify.annotations.NullMarked;
