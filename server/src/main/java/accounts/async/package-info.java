/**
 * What asynchronous work here has in common: how long a caller waits, that it may go away, and what
 * futures lack.
 *
 * <p>Thread rule: every type may be used from any thread.
 */
@NullMarked
package accounts.async;

import org.jspecify.annotations.NullMarked;
