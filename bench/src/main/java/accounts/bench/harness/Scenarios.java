package accounts.bench.harness;

import static accounts.bench.freshness.Load.DEFAULT;

import accounts.bench.freshness.Load;
import java.util.List;
import java.util.Map;

/** Every mutant, with the scenario that it is to be detected in. */
final class Scenarios {

  private static final Map<String, String> NO_MORE = Map.of();
  private static final Map<String, String> SHORT_LEASE = Map.of("ACCOUNTS_EPOCH_LEASE", "400ms");
  private static final Map<String, String> LONG_LEASE = Map.of("ACCOUNTS_EPOCH_LEASE", "3s");
  private static final Map<String, String> SLOW_STORE = Map.of("ACCOUNTS_STORE_TIMEOUT", "6s");
  private static final Map<String, String> SHORT_LEASE_SLOW_STORE =
      Map.of("ACCOUNTS_EPOCH_LEASE", "400ms", "ACCOUNTS_STORE_TIMEOUT", "6s");
  // Nobody leaves a notice where nobody reads it.
  private static final Map<String, String> REPAIR = Map.of("ACCOUNTS_REPAIR", "true");

  private Scenarios() {}

  static List<Scenario> all() {
    return List.of(
        scenario("tutorial", NO_MORE, Traps.FLUSHES_UNDER_SLOW_READS),
        scenario("plain-set-fill", NO_MORE, Traps.FLUSHES_UNDER_SLOW_READS),
        new Scenario("no-commit-step", NO_MORE, DEFAULT, List.of()),
        new Scenario(
            "writer-fills-empty", NO_MORE, Load.SPARSE, List.of(Traps.FLUSHES_UNDER_SLOW_WRITERS)),
        scenario("trusts-empty-before-commit", NO_MORE, Traps.FLUSHES_UNDER_LATE_FILLS),
        scenario("no-epoch-raise", SHORT_LEASE, Traps.ONE_CANNOT_WRITE),
        scenario("no-wait-after-raise", LONG_LEASE, Traps.ONE_CANNOT_WRITE),
        scenario("lease-never-expires", SHORT_LEASE, Traps.ONE_SEES_NO_EPOCHS),
        new Scenario(
            "epoch-after-read",
            SHORT_LEASE_SLOW_STORE,
            Load.CALM,
            List.of(Traps.SLOW_READS_BESIDE_ONE_CUT_OFF)),
        scenario("join-any-load", NO_MORE, Traps.FLUSHES_UNDER_SLOW_READS),
        scenario("near-age-from-answer", SLOW_STORE, Traps.FLUSHES_UNDER_VERY_SLOW_READS),
        scenario("lagging-replicas", NO_MORE, Traps.LAGGING_REPLICAS),
        scenario("relied-on-unsettled", NO_MORE, Traps.ORPHANS),
        scenario("reused-nonces", NO_MORE, Traps.FLUSHES_UNDER_SLOW_READS),
        scenario("incarnation-at-once", LONG_LEASE, Traps.EPOCHS_DELETED),
        scenario("one-incarnation-for-all-tables", NO_MORE, Traps.OTHER_TABLE),
        scenario("notice-believed-done", REPAIR, Traps.ONE_CANNOT_WRITE_AND_SLOW_STREAM),
        scenario("cells-per-format", NO_MORE, Traps.OTHER_FORMAT));
  }

  private static Scenario scenario(
      String mutant, Map<String, String> environment, Episode... episodes) {
    return new Scenario(mutant, environment, DEFAULT, List.of(episodes));
  }
}
