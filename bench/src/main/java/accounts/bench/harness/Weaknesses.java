package accounts.bench.harness;

import static accounts.bench.freshness.Load.DEFAULT;

import accounts.bench.freshness.Load;
import java.util.List;
import java.util.Map;

/** Every safeguard, with the faults that show what it is good for. */
final class Weaknesses {

  private static final Map<String, String> NO_MORE = Map.of();
  private static final Map<String, String> SHORT_LEASE = Map.of("ACCOUNTS_EPOCH_LEASE", "400ms");
  private static final Map<String, String> SHORT_LEASE_SLOW_STORE =
      Map.of("ACCOUNTS_EPOCH_LEASE", "400ms", "ACCOUNTS_STORE_TIMEOUT", "6s");
  // A call that times out raises the epoch, which would cover the weakness up.
  private static final Map<String, String> PATIENT_CACHE = Map.of("ACCOUNTS_CACHE_TIMEOUT", "3s");

  private Weaknesses() {}

  static List<Weakness> all() {
    return List.of(
        weakness("generations", NO_MORE, Traps.SLOW_FILLS),
        new Weakness("advance", NO_MORE, DEFAULT, List.of()),
        weakness("generation-before-read", NO_MORE, Traps.SLOW_READS),
        weakness("epoch-raise", SHORT_LEASE, Traps.ONE_CANNOT_WRITE),
        weakness("epoch-wait", NO_MORE, Traps.ONE_CANNOT_WRITE),
        weakness("lease-expiry", SHORT_LEASE, Traps.ONE_SEES_NO_EPOCHS),
        weakness("epoch-before-read", SHORT_LEASE_SLOW_STORE, Traps.SLOW_READS_BESIDE_ONE_CUT_OFF),
        weakness("join-rule", NO_MORE, Traps.SLOW_READS),
        weakness("near-age", Map.of("ACCOUNTS_STORE_TIMEOUT", "6s"), Traps.VERY_SLOW_READS),
        new Weakness(
            "absent-generation",
            PATIENT_CACHE,
            Load.SPARSE,
            List.of(Traps.FLUSHES_UNDER_SLOW_WRITERS)),
        new Weakness(
            "random-generation", PATIENT_CACHE, DEFAULT, List.of(Traps.FLUSHES_UNDER_LATE_FILLS)),
        weakness("shared-generations", NO_MORE, Traps.OTHER_FORMAT),
        weakness("consistent-reads", NO_MORE, Traps.LAGGING_REPLICAS));
  }

  private static Weakness weakness(
      String name, Map<String, String> environment, Episode... episodes) {
    return new Weakness(name, environment, DEFAULT, List.of(episodes));
  }
}
