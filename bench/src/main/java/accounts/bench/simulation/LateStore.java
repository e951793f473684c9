package accounts.bench.simulation;

import accounts.bench.simulation.Periods.Period;
import accounts.bench.simulation.PoissonTrace.Mix;
import java.time.Duration;
import java.util.List;

/** Every answer of the table, the epochs' too, comes late. */
final class LateStore {

  private static final int PHASE = 15;
  private static final List<Duration> DELAYS =
      List.of(
          Duration.ZERO,
          Duration.ofMillis(300),
          Duration.ofMillis(600),
          Duration.ofMillis(1_000),
          Duration.ZERO);

  private final Size size;
  private final Zipf zipf;

  LateStore(Size size, Zipf zipf) {
    this.size = size;
    this.zipf = zipf;
  }

  /** Simulates it; returns a table. Every second key is cached at first. */
  Markdown run(long seed) {
    Fleet fleet = Fleet.start(Settings.of(size.instances(), seed).withRenewals());
    int began = (int) (fleet.loop().nanoTime() / 1_000_000_000L);
    for (long rank = 1; rank <= zipf.keys(); rank++) {
      if (rank < zipf.keys() / 10 || rank % 2 == 0) {
        fleet.preload(Users.key(rank), fleet.random().nextDouble());
      }
    }
    Periods periods = new Periods();
    int[] held = new int[DELAYS.size()];
    for (int i = 0; i < DELAYS.size(); i++) {
      int phase = i;
      periods.add(name(i), i * PHASE, (i + 1) * PHASE);
      fleet
          .loop()
          .in(
              Duration.ofSeconds((long) i * PHASE).toNanos(),
              () -> fleet.delayStore(DELAYS.get(phase)));
      fleet
          .loop()
          .in(
              Duration.ofSeconds((long) (i + 1) * PHASE - 1).toNanos(),
              () -> held[phase] = leases(fleet));
    }
    Mix mix = new Mix(size.instances(), size.calls(), 0, 0);
    Player.of(fleet, periods, Duration.ofSeconds(2))
        .play(new PoissonTrace(zipf, mix, Duration.ofSeconds((long) PHASE * DELAYS.size()), seed));
    Markdown table =
        new Markdown("DynamoDB", "hits", "reads of it/s", "failed", "p50", "p99", "leases held");
    List<Period> all = periods.all();
    for (int i = 0; i < all.size(); i++) {
      row(table, fleet, began, all.get(i), held[i]);
    }
    return table;
  }

  private static String name(int phase) {
    Duration delay = DELAYS.get(phase);
    return delay.isZero()
        ? phase == 0 ? "as usual" : "as usual again"
        : delay.toMillis() + " ms late";
  }

  private static int leases(Fleet fleet) {
    return (int) fleet.instances().stream().filter(SimulatedInstance::hasLease).count();
  }

  private static void row(Markdown table, Fleet fleet, int began, Period period, int held) {
    Tally tally = period.tally();
    double loads =
        fleet.store().reads().in(began + period.from(), began + period.to())
            / (double) period.seconds();
    table.row(
        period.name(),
        Figures.percent(tally.hitRatio()),
        Figures.of(loads),
        Figures.of(tally.failures()),
        Figures.millis(tally.readMillis(50)),
        Figures.millis(tally.readMillis(99)),
        "%d of %d".formatted(held, fleet.instances().size()));
  }
}
