/**
 * Repairs the cache after changes that no living writer told it of, and does what the notices of
 * writers ask for that cannot reach it: the port by which the table's stream is told, and what is
 * done about each event. Who reads the stream, and how, is {@link accounts.repair.dynamodb}'s.
 *
 * <p>Thread rule: everything may be used from any thread.
 */
@NullMarked
package accounts.repair;

import org.jspecify.annotations.NullMarked;
