/**
 * The history checker: reads and writes through all instances of a deployment at once, over gRPC
 * only, and has {@link accounts.bench.history} judge the answers. Workers are virtual threads that
 * block; everything they share is safe for any thread.
 */
@NullMarked
package accounts.bench.freshness;

import org.jspecify.annotations.NullMarked;
