package accounts.bench.harness;

import accounts.bench.freshness.Load;
import java.util.List;
import java.util.Map;

/**
 * A mutant, and the environment, load and faults in which it answers with stale reads.
 *
 * @param mutant its name for {@code accounts.server.MutantMain}
 * @param environment variables besides those of every server; the intact server gets them, too
 */
record Scenario(
    String mutant, Map<String, String> environment, Load load, List<Episode> episodes) {}
