/**
 * The freshness protocol ({@code docs/freshness.md}), which keeps cached answers true: the steps of
 * readers and writers on a cell, the epochs and the lease on them, and what a writer does when it
 * cannot reach the cache. What a commit does to the cache is written here once, for the write path
 * and for the repair.
 *
 * <p>Thread rule: everything may be used from any thread, and nothing blocks.
 */
@NullMarked
package accounts.freshness;

import org.jspecify.annotations.NullMarked;
