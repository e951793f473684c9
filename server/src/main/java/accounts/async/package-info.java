/**
 * Tools for asynchronous code: deadlines and cancellation of calls, and helpers for futures.
 *
 * <p>Thread rule: every type may be used from any thread.
 */
@NullMarked
package accounts.async;

import org.jspecify.annotations.NullMarked;
