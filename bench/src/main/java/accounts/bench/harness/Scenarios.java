package accounts.bench.harness;

import static accounts.bench.freshness.Load.DEFAULT;

import accounts.bench.freshness.Load;
import java.util.List;
import java.util.Map;

/** All mutants, each with the scenario in which it must be detected. */
final class Scenarios {

  private static final Map<String, String> DEFAULTS = Map.of();
  private static final Map<String, String> SHORT_LEASE = Map.of("ACCOUNTS_EPOCH_LEASE", "400ms");
  private static final Map<String, String> LONG_LEASE = Map.of("ACCOUNTS_EPOCH_LEASE", "3s");
  private static final Map<String, String> SLOW_STORE = Map.of("ACCOUNTS_STORE_TIMEOUT", "6s");
  private static final Map<String, String> SHORT_LEASE_SLOW_STORE =
      Map.of("ACCOUNTS_EPOCH_LEASE", "400ms", "ACCOUNTS_STORE_TIMEOUT", "6s");
  // Writers leave notices only where the repair reads them.
  private static final Map<String, String> REPAIR = Map.of("ACCOUNTS_REPAIR", "true");

  private Scenarios() {}

  static List<Scenario> all() {
    return List.of(
        scenario("tutorial", DEFAULTS, ScenarioFaults.FLUSHES_UNDER_SLOW_READS),
        scenario("plain-set-fill", DEFAULTS, ScenarioFaults.FLUSHES_UNDER_SLOW_READS),
        new Scenario("no-commit-step", DEFAULTS, DEFAULT, List.of()),
        new Scenario(
            "writer-fills-empty",
            DEFAULTS,
            Load.SPARSE,
            List.of(ScenarioFaults.FLUSHES_UNDER_SLOW_WRITERS)),
        scenario("trusts-empty-before-commit", DEFAULTS, ScenarioFaults.FLUSHES_UNDER_LATE_FILLS),
        scenario("no-epoch-raise", SHORT_LEASE, ScenarioFaults.ONE_CANNOT_WRITE),
        scenario("no-wait-after-raise", LONG_LEASE, ScenarioFaults.ONE_CANNOT_WRITE),
        scenario("lease-never-expires", SHORT_LEASE, ScenarioFaults.ONE_SEES_NO_EPOCHS),
        new Scenario(
            "epoch-after-read",
            SHORT_LEASE_SLOW_STORE,
            Load.CALM,
            List.of(ScenarioFaults.SLOW_READS_BESIDE_ONE_CUT_OFF)),
        scenario("join-any-load", DEFAULTS, ScenarioFaults.FLUSHES_UNDER_SLOW_READS),
        scenario("near-age-from-answer", SLOW_STORE, ScenarioFaults.FLUSHES_UNDER_VERY_SLOW_READS),
        scenario("lagging-replicas", DEFAULTS, ScenarioFaults.LAGGING_REPLICAS),
        scenario("relied-on-unsettled", DEFAULTS, ScenarioFaults.ORPHANS),
        scenario("reused-nonces", DEFAULTS, ScenarioFaults.FLUSHES_UNDER_SLOW_READS),
        scenario("incarnation-at-once", LONG_LEASE, ScenarioFaults.EPOCHS_DELETED),
        scenario("one-incarnation-for-all-tables", DEFAULTS, ScenarioFaults.OTHER_TABLE),
        scenario("notice-believed-done", REPAIR, ScenarioFaults.ONE_CANNOT_WRITE_AND_SLOW_STREAM),
        new Scenario("remembered-lists", DEFAULTS, DEFAULT, List.of()),
        scenario("cells-per-format", DEFAULTS, ScenarioFaults.OTHER_FORMAT));
  }

  private static Scenario scenario(
      String mutant, Map<String, String> environment, Episode... episodes) {
    return new Scenario(mutant, environment, DEFAULT, List.of(episodes));
  }
}
