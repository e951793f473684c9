package accounts.bench.harness;

import accounts.bench.freshness.Load;
import java.util.List;
import java.util.Map;

/**
 * A server without one of its safeguards, and the faults, environment and load in which reads go
 * stale for want of it.
 *
 * @param mutant the server's name as {@code accounts.server.MutantMain} knows it
 * @param environment on top of what every server of a cluster gets; the intact server runs in it,
 *     too
 */
record Scenario(
    String mutant, Map<String, String> environment, Load load, List<Episode> episodes) {}
