/**
 * The history checker: reads and writes through all instances of a deployment at once, over gRPC
 * alone, and has {@link accounts.bench.history} judge what came back. Workers are virtual threads
 * that block; everything they share is safe for any thread.
 */
@NullMarked
package accounts.bench.freshness;

import org.jspecify.annotations.NullMarked;
