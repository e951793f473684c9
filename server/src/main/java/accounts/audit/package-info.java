/**
 * The live auditor: compares a sample of what the cache answers with what the store holds, and says
 * when an answer was stale. Off unless it is asked for.
 *
 * <p>Thread rule: everything may be used from any thread and nothing blocks; what is found goes on
 * on threads of the store's, the cache's and the timer.
 */
@NullMarked
package accounts.audit;

import org.jspecify.annotations.NullMarked;
