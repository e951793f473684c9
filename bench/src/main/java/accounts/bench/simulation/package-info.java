/**
 * The simulator ({@code docs/adr/0018}): runs the service's own read and write path under virtual
 * time, with models of the cache and the store in place of the network, and computes what is too
 * large for that.
 *
 * <p>Thread rule: a simulation runs on the thread that started it, its event loop included. Only
 * {@code LiveRun}, which calls real servers, uses others.
 */
@NullMarked
package accounts.bench.simulation;

import org.jspecify.annotations.NullMarked;
