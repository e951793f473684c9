/**
 * Measurements under trouble: what an outage of the cache costs, and how many reads a herd becomes.
 * Callers block on virtual threads; what is shared is safe for any thread.
 */
@NullMarked
package accounts.bench.load;

import org.jspecify.annotations.NullMarked;
