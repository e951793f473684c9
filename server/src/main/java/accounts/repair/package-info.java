/**
 * Repairs the cache after changes that no living writer told it of: the port by which changes of
 * the table come in, and what is done about each. Who reads them, and how, is {@link
 * accounts.repair.dynamodb}'s.
 *
 * <p>Thread rule: everything may be used from any thread.
 */
@NullMarked
package accounts.repair;

import org.jspecify.annotations.NullMarked;
