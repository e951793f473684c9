/**
 * What keeps cached answers true ({@code docs/freshness.md}): the steps of a cell for readers and
 * writers, the epochs and the lease on them, and what a writer does that cannot reach the cache.
 * What a commit does to the cache is written here once, for the write path and for the repair.
 *
 * <p>Thread rule: everything may be used from any thread, and nothing blocks.
 */
@NullMarked
package accounts.freshness;

import org.jspecify.annotations.NullMarked;
