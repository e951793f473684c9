/**
 * Measurements: what calls cost in latency, calls and processor time, and how hits and writes fare
 * in outages, cold starts and bursts. Loads are open loops; shared objects are safe for any thread.
 */
@NullMarked
package accounts.bench.load;

import org.jspecify.annotations.NullMarked;
