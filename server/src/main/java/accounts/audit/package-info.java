/**
 * The live auditor: compares a sample of cached answers with the store and counts stale ones. Off
 * by default.
 *
 * <p>Thread rule: everything may be used from any thread and nothing blocks; the comparisons run on
 * the threads of the store, the cache and the timer.
 */
@NullMarked
package accounts.audit;

import org.jspecify.annotations.NullMarked;
