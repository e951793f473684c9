package accounts.bench.simulation;

import accounts.bench.simulation.Periods.Period;
import accounts.bench.simulation.PoissonTrace.Mix;
import java.time.Duration;
import java.util.function.Function;

/** One instance cannot reach the cache for a while; it owns the stream, too, when that begins. */
final class CutOffInstance {

  private static final int FROM = 10;
  private static final int TO = 30;
  private static final int END = 45;

  private final Size size;
  private final Zipf zipf;
  private final double writes;

  CutOffInstance(Size size, Zipf zipf, double writes) {
    this.size = size;
    this.zipf = zipf;
    this.writes = writes;
  }

  private static Periods periods() {
    return new Periods()
        .add("before", 0, FROM - 3)
        .add("cut off", FROM, TO)
        .add("after", TO + 3, END);
  }

  /** Simulates it; returns a table for the instance and the others. */
  Markdown run(long seed) {
    Fleet fleet = Fleet.start(Settings.of(size.instances(), seed).withRenewals());
    for (long rank = 1; rank <= zipf.keys(); rank++) {
      fleet.preload(Users.key(rank), fleet.random().nextDouble());
    }
    Network network = fleet.instances().getFirst().network();
    fleet.loop().in(Duration.ofSeconds(FROM).toNanos(), () -> network.cut(true));
    fleet.loop().in(Duration.ofSeconds(TO).toNanos(), () -> network.cut(false));
    Periods itself = periods();
    Periods others = periods();
    Function<Call, Tally> tallies =
        call -> call.instance() == 0 ? itself.apply(call) : others.apply(call);
    Mix mix = new Mix(size.instances(), size.calls(), 0, writes);
    Player.of(fleet, tallies, Duration.ofSeconds(10))
        .play(new PoissonTrace(zipf, mix, Duration.ofSeconds(END), seed));
    Markdown table =
        new Markdown(
            "",
            "hits",
            "reads refused",
            "read p99",
            "writes",
            "not acknowledged",
            "write p50",
            "write p99");
    itself.all().forEach(period -> row(table, "it, " + period.name(), period));
    others.all().forEach(period -> row(table, "others, " + period.name(), period));
    table.row(
        "notices, epochs raised",
        "",
        "",
        "",
        Figures.of(fleet.stream().notices()),
        Figures.of(fleet.states().raises()),
        "",
        "");
    return table;
  }

  private static void row(Markdown table, String name, Period period) {
    Tally tally = period.tally();
    table.row(
        name,
        Figures.percent(tally.hitRatio()),
        Figures.of(tally.failures()),
        Figures.millis(tally.readMillis(99)),
        Figures.of(tally.writes()),
        Figures.of(tally.failedWrites()),
        Figures.millis(tally.writeMillis(50)),
        Figures.millis(tally.writeMillis(99)));
  }
}
