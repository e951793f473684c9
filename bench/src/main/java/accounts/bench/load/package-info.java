/**
 * Measurements: what calls cost in time, calls and processor time, and what becomes of hits and
 * writes in outages, cold starts and bursts. Loads send without waiting for answers; what is shared
 * is safe for any thread.
 */
@NullMarked
package accounts.bench.load;

import org.jspecify.annotations.NullMarked;
