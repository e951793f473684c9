/**
 * What asynchronous work here has in common: how long a caller waits, and that it may go away.
 *
 * <p>Thread rule: every type may be used from any thread.
 */
@NullMarked
package accounts.async;

import org.jspecify.annotations.NullMarked;
