package accounts.bench.simulation;

import accounts.bench.simulation.Periods.Period;
import accounts.bench.simulation.PoissonTrace.Mix;
import java.time.Duration;
import java.util.SplittableRandom;

/** The cache loses everything under a load of FRESH reads: all keys are simulated. */
final class Flush {

  private static final int BEFORE = 3;
  private static final Duration DEADLINE = Duration.ofSeconds(2);

  private final Size size;
  private final Zipf zipf;
  private final int partitions;

  /**
   * @param partitions of the table
   */
  Flush(Size size, Zipf zipf, int partitions) {
    this.size = size;
    this.zipf = zipf;
    this.partitions = partitions;
  }

  /** Simulates it; returns the course of it as a table. */
  Markdown run(long seed) {
    Fleet fleet = Fleet.start(Settings.of(size.instances(), seed).withPartitions(partitions));
    preload(fleet, seed);
    fleet.loop().in(Duration.ofSeconds(BEFORE).toNanos(), fleet.cache()::flush);
    Periods periods =
        new Periods()
            .add("before", 0, BEFORE)
            .add("1st second", BEFORE, BEFORE + 1)
            .add("2nd second", BEFORE + 1, BEFORE + 2)
            .add("3rd to 5th", BEFORE + 2, BEFORE + 5)
            .add("6th to 10th", BEFORE + 5, BEFORE + 10)
            .add("11th to 20th", BEFORE + 10, BEFORE + 20)
            .add("21st to 30th", BEFORE + 20, BEFORE + 30);
    Mix mix = new Mix(size.instances(), size.calls(), 0, 0);
    Player.of(fleet, periods, DEADLINE)
        .play(new PoissonTrace(zipf, mix, Duration.ofSeconds(BEFORE + 30), seed));
    return table(fleet, periods);
  }

  private void preload(Fleet fleet, long seed) {
    SplittableRandom random = new SplittableRandom(seed + 1);
    double perTtl = size.calls() * fleet.settings().ttl().toSeconds();
    for (long rank = 1; rank <= zipf.keys(); rank++) {
      double expected = perTtl * zipf.share(rank);
      if (random.nextDouble() < expected / (1 + expected)) {
        fleet.preload(Users.key(rank), random.nextDouble());
      }
    }
  }

  private static Markdown table(Fleet fleet, Periods periods) {
    Markdown table =
        new Markdown("after the flush", "hits", "reads of DynamoDB/s", "refused", "p50", "p99");
    for (Period period : periods.all()) {
      Tally tally = period.tally();
      double loads =
          fleet.store().reads().in(period.from(), period.to()) / (double) period.seconds();
      table.row(
          period.name(),
          Figures.percent(tally.hitRatio()),
          Figures.of(loads),
          Figures.of(tally.failures()),
          Figures.millis(tally.readMillis(50)),
          Figures.millis(tally.readMillis(99)));
    }
    return table;
  }
}
