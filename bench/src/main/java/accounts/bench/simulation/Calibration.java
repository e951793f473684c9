package accounts.bench.simulation;

import accounts.bench.freshness.Instances;
import accounts.bench.harness.Cluster;
import accounts.bench.harness.ServerProgram;
import accounts.bench.simulation.LiveRun.Measured;
import accounts.bench.simulation.PoissonTrace.Mix;
import accounts.service.Source;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * Compares the simulation with real servers: the same trace, call by call, is played to both, from
 * an empty cache on, and what happens after the first time to live is compared.
 */
public final class Calibration {

  private static final int INSTANCES = 3;
  private static final double TOLERANCE = 0.1;
  private static final double GOAL = 0.999;

  /** Of fewer misses chance would decide. */
  private static final int ENOUGH = 100;

  private static final long SEED = 7;
  private static final String PADDING = "%-34s %9s %9s %9s %12s %12s%n";

  /**
   * A load.
   *
   * @param calls per second
   * @param bounded the share of BOUNDED reads
   * @param from when measuring begins; cells that were filled at the same time expire in the middle
   *     of what is measured, not at its ends
   * @param to when the load ends
   */
  private record Load(
      String name, long keys, double calls, double bounded, Duration from, Duration to) {

    List<Call> trace(int instances) {
      Trace trace =
          new PoissonTrace(
              new Zipf(keys, 0.99), new Mix(instances, calls, bounded, 0.01), to, SEED);
      List<Call> all = new ArrayList<>();
      for (Call call = trace.next(); call != null; call = trace.next()) {
        all.add(call);
      }
      return all;
    }

    double seconds() {
      return to.minus(from).toNanos() / 1e9;
    }
  }

  private static final Duration TTL = Duration.ofSeconds(10);

  /** Many misses: a key is called 10 times within its time to live on average. */
  private static final Load SPREAD =
      new Load(
          "400 keys, 400/s, TTL 10 s",
          400,
          400,
          0.5,
          Duration.ofSeconds(15),
          Duration.ofSeconds(35));

  /** A key is called 864 times: as often as one of a million by 10,000 calls/s within a day. */
  private static final Load DENSE =
      new Load(
          "12 keys, 1,037/s, TTL 10 s",
          12,
          1_037,
          0.5,
          Duration.ofSeconds(10),
          Duration.ofSeconds(24));

  /**
   * 60 s are to half an hour as a third of a second to these 10; the least that there is, is 1 s.
   */
  private static final Duration TUTORIALS_TTL = Duration.ofSeconds(1);

  private static final Load TUTORIAL =
      new Load(
          "tutorial, 200 keys, 400/s, TTL 1 s",
          200,
          400,
          0,
          Duration.ofMillis(2_500),
          Duration.ofMillis(14_500));

  private final Path logs;
  private final Consumer<String> shown;
  private boolean failed;

  private Calibration(Path logs, Consumer<String> shown) {
    this.logs = logs;
    this.shown = shown;
  }

  /**
   * Runs the comparison, which takes a minute and a half.
   *
   * @param logs the folder for the servers' output
   * @param shown is given each line
   * @return whether all checks held
   */
  public static boolean run(Path logs, Consumer<String> shown) throws InterruptedException {
    Calibration calibration = new Calibration(logs, shown);
    shown.accept(
        PADDING
            .formatted("", "reads", "near", "hits", "misses", "reads of DynamoDB/s")
            .stripTrailing());
    calibration.compare(ServerProgram.INTACT, INSTANCES, TTL, List.of(SPREAD, DENSE));
    calibration.compare(new ServerProgram("tutorial"), 1, TUTORIALS_TTL, List.of(TUTORIAL));
    return !calibration.failed;
  }

  private void compare(ServerProgram program, int count, Duration ttl, List<Load> loads)
      throws InterruptedException {
    Map<String, String> environment =
        Map.of("ACCOUNTS_CACHE_TTL", ttl.toMillis() + "ms", "ACCOUNTS_EPOCH_LEASE", "3s");
    try (Cluster cluster = Cluster.start(program.optimized(), count, environment, SEED, logs);
        Instances instances = cluster.connect(2)) {
      LiveRun run = new LiveRun(cluster, instances);
      run.create(loads.getFirst().keys());
      for (Load load : loads) {
        List<Call> trace = load.trace(count);
        Settings settings = Settings.of(count, SEED).withTtl(ttl);
        Measured simulated =
            program.mutant().isEmpty()
                ? service(settings, load, trace)
                : tutorial(settings, load, trace);
        Measured live = run.play(trace, load.from());
        show(load.name() + ", simulated", load, simulated);
        show(load.name() + ", real", load, live);
        check(load, simulated, live);
      }
    }
  }

  private static Measured service(Settings settings, Load load, List<Call> trace) {
    Fleet fleet = Fleet.start(settings);
    return simulated(
        load,
        trace,
        tallies -> Player.of(fleet, tallies, Duration.ZERO),
        fleet.loop(),
        fleet.store());
  }

  private static Measured tutorial(Settings settings, Load load, List<Call> trace) {
    TutorialFleet fleet = new TutorialFleet(settings);
    return simulated(
        load,
        trace,
        tallies -> new Player(fleet.loop(), fleet, tallies, Duration.ZERO),
        fleet.loop(),
        fleet.store());
  }

  private static Measured simulated(
      Load load,
      List<Call> trace,
      Function<Function<Call, Tally>, Player> player,
      EventLoop loop,
      StoreModel store) {
    Tally counted = new Tally();
    Tally rest = new Tally();
    long[] before = new long[1];
    long[] after = new long[1];
    loop.in(load.from().toNanos(), () -> before[0] = store.reads().total());
    loop.in(load.to().toNanos(), () -> after[0] = store.reads().total());
    player.apply(call -> call.at() >= load.from().toNanos() ? counted : rest).play(Trace.of(trace));
    return new Measured(
        (int) counted.reads(),
        (int) counted.from(Source.NEAR_CACHE),
        (int) counted.from(Source.CACHE),
        (int) counted.from(Source.STORE),
        (int) counted.failures(),
        (int) counted.writes(),
        after[0] - before[0]);
  }

  private void show(String name, Load load, Measured measured) {
    shown.accept(
        PADDING
            .formatted(
                name,
                measured.reads(),
                Figures.percent(measured.near() / (double) measured.reads()),
                Figures.percent(measured.hitRatio()),
                Figures.percent(measured.missRatio()),
                "%.2f".formatted(measured.storeReads() / load.seconds()))
            .stripTrailing());
  }

  /** Where few reads miss, the same few must: the shares of hits are compared instead. */
  private void check(Load load, Measured simulated, Measured live) {
    check(
        live.failed() == 0,
        "%s: %d reads failed (expected: none)".formatted(load.name(), live.failed()));
    close(load, "hits", simulated.hitRatio(), live.hitRatio());
    if (simulated.misses() >= ENOUGH) {
      close(load, "misses", simulated.missRatio(), live.missRatio());
      close(load, "reads of DynamoDB", (double) simulated.storeReads(), (double) live.storeReads());
    } else {
      check(
          simulated.hitRatio() >= GOAL && live.hitRatio() >= GOAL,
          "%s: hits %s simulated, %s real (expected: 99.9 %% or more)"
              .formatted(
                  load.name(),
                  Figures.percent(simulated.hitRatio()),
                  Figures.percent(live.hitRatio())));
    }
  }

  private void close(Load load, String what, double simulated, double live) {
    double ratio = simulated / live;
    check(
        Math.abs(ratio - 1) <= TOLERANCE,
        "%s: %s simulated : real %.3f (expected: 0.9 to 1.1)".formatted(load.name(), what, ratio));
  }

  private void check(boolean held, String what) {
    shown.accept((held ? "ok    " : "FAIL  ") + what);
    failed |= !held;
  }
}
