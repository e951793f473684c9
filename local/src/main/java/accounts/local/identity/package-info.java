/**
 * Certificates and tokens for laptops and tests: made here, worth nothing elsewhere.
 *
 * <p>Thread rule: for the thread that makes them.
 */
@NullMarked
package accounts.local.identity;

import org.jspecify.annotations.NullMarked;
