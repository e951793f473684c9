package accounts.bench.harness;

import accounts.bench.freshness.Load;
import java.util.List;
import java.util.Map;

/**
 * A safeguard of the server that is switched off, and the faults that it is there for.
 *
 * @param name as in {@code ACCOUNTS_SAFEGUARDS_OFF}
 * @param environment further settings that bring the weakness out sooner
 */
record Weakness(String name, Map<String, String> environment, Load load, List<Episode> episodes) {}
