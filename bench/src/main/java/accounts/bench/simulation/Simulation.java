package accounts.bench.simulation;

import accounts.bench.load.Prices;
import accounts.bench.simulation.PoissonTrace.Mix;
import accounts.bench.simulation.Renewal.Rates;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** All that {@code make simulate} simulates, one after the other. */
public final class Simulation {

  private static final List<Size> SIZES =
      List.of(
          new Size(10, 1_000_000, 1e4),
          new Size(100, 10_000_000, 1e5),
          new Size(1_000, 100_000_000, 1e6),
          new Size(10_000, 1_000_000_000, 1e7));

  private static final List<Duration> TTLS = List.of(Duration.ofMinutes(30), Duration.ofHours(24));

  private static final double GOAL = 0.999;
  private static final double TOLERANCE = 0.1;

  /** A sample with fewer loads says little. */
  private static final double ENOUGH_LOADS = 300;

  private final Plan plan;
  private final Sheet sheet;

  /**
   * What to simulate.
   *
   * @param instances 0: four sizes, from 10 instances with a million keys to 10,000 with a billion;
   *     likewise {@code keys}, {@code calls}
   * @param calls per second
   * @param zipf exponent of the keys' popularity
   * @param writes the share of changes among the calls
   * @param bounded the share of BOUNDED reads among the reads
   * @param ttl zero: half an hour and a day
   * @param trace a file to play instead
   * @param prices what AWS and Momento charge
   * @param seed of all random choices: the same one, the same result
   */
  public record Plan(
      int instances,
      long keys,
      double calls,
      double zipf,
      double writes,
      double bounded,
      Duration ttl,
      Optional<Path> trace,
      Prices prices,
      long seed) {

    List<Size> sizes() {
      Size first = SIZES.getFirst();
      return instances == 0 && keys == 0 && calls == 0
          ? SIZES
          : List.of(
              new Size(
                  instances == 0 ? first.instances() : instances,
                  keys == 0 ? first.keys() : keys,
                  calls == 0 ? first.calls() : calls));
    }

    List<Duration> ttls() {
      return ttl.isZero() ? TTLS : List.of(ttl);
    }

    Steady steady(Size size) {
      return new Steady(
          size,
          new Zipf(size.keys(), zipf),
          new Mix(size.instances(), size.calls(), bounded, writes),
          seed);
    }

    Settings settings(Size size) {
      return Settings.of(size.instances(), seed);
    }
  }

  /**
   * What was found.
   *
   * @param text as Markdown
   * @param passed whether all checks held
   */
  public record Finding(String text, boolean passed) {}

  private Simulation(Plan plan, Sheet sheet) {
    this.plan = plan;
    this.sheet = sheet;
  }

  /**
   * Runs the simulation on the calling thread; the standard form takes two to five minutes.
   *
   * @param shown is given each part as soon as it is there
   */
  public static Finding run(Plan plan, Consumer<String> shown) {
    Sheet sheet = new Sheet(shown);
    Simulation simulation = new Simulation(plan, sheet);
    if (plan.trace().isPresent()) {
      simulation.trace(plan.trace().get());
    } else {
      simulation.all();
    }
    String checks = sheet.checks();
    return new Finding(checks + "\n" + sheet.parts(), sheet.passed());
  }

  private void all() {
    hitRatios();
    bursts();
    hotKeys();
    flush();
    echo();
    nearExpiry();
    new Faults(plan, sheet).run();
    quotas();
  }

  private void hitRatios() {
    Markdown table =
        new Markdown(
            "fleet",
            "TTL",
            "hits",
            "near",
            "reads of DynamoDB/s",
            "gets of Momento/s",
            "sample of",
            "simulated : computed");
    for (Size size : plan.sizes()) {
      Steady steady = plan.steady(size);
      for (Duration ttl : plan.ttls()) {
        Steady.Finding found = steady.service(plan.settings(size).withTtl(ttl), Steady.Load.ZIPF);
        table.row(row(size, Figures.of(ttl), found));
        checkComputed(size, ttl, found);
        checkGoal(size, ttl, found);
      }
      Steady.Finding tutorial =
          steady.tutorial(plan.settings(size).withTtl(Tutorial.TTL), Steady.Load.ZIPF);
      table.row(row(size, "tutorial, " + Figures.of(Tutorial.TTL), tutorial));
    }
    sheet.part(
        "Hit ratio",
        """
        Zipf(%s), %s changes, %s of the reads BOUNDED. *near*: answered from memory. The last column compares the reads of DynamoDB
        for the sampled keys with what renewal theory expects of the same keys. The most popular keys are computed.
        """
            .formatted(
                plan.zipf(), Figures.percent(plan.writes()), Figures.percent(plan.bounded())),
        table);
  }

  private static String[] row(Size size, String ttl, Steady.Finding found) {
    Rates estimate = found.estimate();
    return new String[] {
      size.text(),
      ttl,
      Figures.percent(estimate.hitRatio()),
      Figures.percent(estimate.nearRatio()),
      Figures.of(estimate.loads()),
      Figures.of(estimate.gets()),
      "1 : " + Figures.of(1 / found.rate()),
      "%.3f".formatted(found.simulated().loads() / found.expected().loads())
    };
  }

  private void checkComputed(Size size, Duration ttl, Steady.Finding found) {
    double loads = found.simulated().loads() * 2 * ttl.toSeconds();
    double ratio = found.simulated().loads() / found.expected().loads();
    if (loads >= ENOUGH_LOADS) {
      sheet.check(
          Math.abs(ratio - 1) <= TOLERANCE,
          "%s, TTL %s: %.0f reads of DynamoDB simulated, %.3f of those computed (expected: within 10 %%)"
              .formatted(size.text(), Figures.of(ttl), loads, ratio));
    }
  }

  private void checkGoal(Size size, Duration ttl, Steady.Finding found) {
    boolean isTheSize = plan.sizes().size() > 1 && size.keys() == SIZES.getFirst().keys();
    if (isTheSize && ttl.equals(TTLS.getLast())) {
      sheet.check(
          found.hitRatio() >= GOAL,
          "%s, TTL %s: hits %s (expected: 99.9 %% or more)"
              .formatted(size.text(), Figures.of(ttl), Figures.percent(found.hitRatio())));
    }
  }

  private void bursts() {
    Markdown table =
        new Markdown(
            "fleet",
            "hits",
            "near",
            "reads of DynamoDB/s",
            "tutorial's hits",
            "tutorial's reads/s");
    for (Size size : plan.sizes()) {
      Steady steady = plan.steady(size);
      Settings settings = plan.settings(size).withTtl(plan.ttls().getFirst());
      Steady.Finding service = steady.service(settings, Steady.Load.BURSTS);
      Steady.Finding tutorial = steady.tutorial(settings.withTtl(Tutorial.TTL), Steady.Load.BURSTS);
      table.row(
          size.text(),
          Figures.percent(service.simulated().hitRatio()),
          Figures.percent(service.simulated().nearRatio()),
          Figures.of(service.simulated().loads() / service.rate()),
          Figures.percent(tutorial.simulated().hitRatio()),
          Figures.of(tutorial.simulated().loads() / tutorial.rate()));
    }
    sheet.part(
        "Bursts",
        """
        Keys outside the head, as in the sample; TTL %s, the tutorial's 60 s. Ten times in each TTL one key is wanted by everybody for a sixth of
        the time until the next burst (half a minute at most), so that half of all calls are part of a burst. A burst costs the service one read of
        DynamoDB, or none.
        """
            .formatted(Figures.of(plan.ttls().getFirst())),
        table);
  }

  private void hotKeys() {
    Markdown table =
        new Markdown(
            "instances, calls/s of the key",
            "DynamoDB late by",
            "reads of DynamoDB",
            "longest wait",
            "tutorial's reads",
            "tutorial's longest");
    for (int instances : List.of(10, 100, 1_000, 10_000)) {
      HotKey.Finding found = hotKey(table, instances, Duration.ZERO, Duration.ofMillis(200));
      sheet.check(
          found.loads() == 1,
          "a hot key expires, %s instances: reads of DynamoDB: %d (expected: 1)"
              .formatted(Figures.of(instances), found.loads()));
    }
    for (Duration delay : List.of(Duration.ofMillis(300), Duration.ofMillis(600))) {
      var unused = hotKey(table, 100, delay, Duration.ofSeconds(5));
    }
    sheet.part(
        "A hot key expires",
        """
        Every instance gets 40 FRESH reads/s of one key, whose cell expires. Watched for 0.2 s; where DynamoDB is late, for 5 s.
        """,
        table);
  }

  private HotKey.Finding hotKey(Markdown table, int instances, Duration delay, Duration after) {
    HotKey hotKey = new HotKey(instances, delay, after);
    HotKey.Finding service = hotKey.service(plan.seed());
    HotKey.Finding tutorial = hotKey.tutorial(plan.seed());
    table.row(
        "%s, %s".formatted(Figures.of(instances), Figures.of(service.calls())),
        delay.isZero() ? "-" : Figures.of(delay),
        Figures.of(service.loads()),
        Figures.millis(service.longest()),
        Figures.of(tutorial.loads()),
        Figures.millis(tutorial.longest()));
    return service;
  }

  private void flush() {
    Size size = SIZES.getFirst();
    sheet.part(
        "A flush",
        """
        %s, all simulated; FRESH reads only, callers wait for 2 s; a table of four partitions with 3,000 read units a second each.
        """
            .formatted(size.text()),
        new Flush(size, new Zipf(size.keys(), plan.zipf()), 4).run(plan.seed()));
  }

  private void echo() {
    Duration ttl = Duration.ofMinutes(10);
    Size size = new Size(10, SIZES.getFirst().keys() / 3, 1e4);
    Echo echo = new Echo(size, new Zipf(size.keys(), plan.zipf()), 0.04, ttl);
    Markdown table =
        new Markdown(
            "jitter",
            "most at the flush",
            "before its echo",
            "echo",
            "second echo",
            "mean",
            "hits");
    for (double jitter : List.of(0.0, 0.1, 0.2)) {
      Echo.Finding found = echo.run(jitter, plan.seed());
      table.row(
          jitter == 0 ? "none" : Figures.percent(jitter),
          Figures.of(found.flush()),
          Figures.of(found.before()),
          Figures.of(found.echo()),
          Figures.of(found.second()),
          Figures.of(found.mean()),
          Figures.percent(found.hitRatio()));
    }
    sheet.part(
        "The echo of a flush, and jitter",
        """
        Reads of DynamoDB per second, the most in any 5 s, by a sample of 1 : 25 without the most popular keys; %s, TTL %s, which is as many
        calls of a key within a TTL as above. With a jitter of 10 %% a cell lives for 90 to 100 %% of the TTL. An *echo*: cells that were filled at
        the same time expire at the same time.
        """
            .formatted(size.text(), Figures.of(ttl)),
        table);
  }

  private void nearExpiry() {
    Size size = new Size(10, 100_000, 1e4);
    double hot = 20;
    NearExpiry near = new NearExpiry(size, new Zipf(size.keys(), plan.zipf()), hot);
    Markdown table =
        new Markdown(
            "read anew from",
            "hot: waited",
            "hot: p99.9",
            "hot: longest",
            "all: waited",
            "gets of Momento/s");
    for (double refreshAt : List.of(2.0, 0.5, 0.75, 0.9, 0.95)) {
      NearExpiry.Finding found = near.run(refreshAt, plan.seed());
      table.row(
          refreshAt > 1 ? "never" : "%.0f %% of the bound".formatted(100 * refreshAt),
          "%.3f %%".formatted(100 * found.hotWaited()),
          Figures.millis(found.p999()),
          Figures.millis(found.longest()),
          Figures.percent(found.waited()),
          Figures.of(found.gets()));
    }
    sheet.part(
        "Hot entries of the near cache",
        """
        %s, BOUNDED reads, a bound of 1 s. *Hot*: keys of which an instance gets %.0f reads/s or more. *Waited*: was not answered from
        memory.
        """
            .formatted(size.text(), hot),
        table);
  }

  private void quotas() {
    Markdown table =
        new Markdown(
            "fleet, TTL",
            "Momento operations/s",
            "hottest cell, gets/s",
            "hints/s",
            "deliveries/s",
            "read units/s",
            "write units/s",
            "partitions",
            "`EPOCH_COPIES`",
            "a month",
            "without hints",
            "tutorial's");
    for (Size size : plan.sizes()) {
      for (Duration ttl : plan.ttls()) {
        quotas(table, size, ttl);
      }
    }
    sheet.part(
        "Quotas and cost",
        """
        Computed. Momento's default quotas are 100 operations/s, 100 subscriptions (one for each instance) and 10 hints/s; all are to be raised.
        A partition of DynamoDB gives 3,000 read and 1,000 write units a second; one key cannot be changed more often than %.0f times a second, and
        is not here. Prices are those of `bench/prices.properties`, where a consistent get counts %.0f operations. The tutorial's month has one
        operation for each call of Momento, half a read unit for a load, one write unit for a change, and none of the guarantees.
        """
            .formatted(Quotas.MOST_WRITES_OF_A_KEY, plan.prices().getFactor()),
        table);
  }

  private void quotas(Markdown table, Size size, Duration ttl) {
    Zipf zipf = new Zipf(size.keys(), plan.zipf());
    Renewal renewal = plan.steady(size).renewal(plan.settings(size).withTtl(ttl));
    Renewal tutorial = Tutorial.renewal(plan.writes(), plan.settings(size).withTtl(Tutorial.TTL));
    Quotas quotas =
        new Quotas(
            size,
            renewal.of(zipf, 1, size.calls()),
            renewal.of(size.calls() * zipf.share(1)),
            plan.prices());
    table.row(
        "%s, %s".formatted(size.text(), Figures.of(ttl)),
        Figures.of(quotas.operations()),
        Figures.of(quotas.hottest().gets()),
        Figures.of(quotas.rates().changes()),
        Figures.of(quotas.deliveries()),
        Figures.of(quotas.readUnits()),
        Figures.of(quotas.writeUnits()),
        Figures.of(quotas.partitions()),
        Figures.of(quotas.copies()),
        Figures.dollars(quotas.month()),
        Figures.dollars(quotas.monthWithoutHints()),
        Figures.dollars(Quotas.tutorialsMonth(tutorial.of(zipf, 1, size.calls()), plan.prices())));
  }

  private void trace(Path file) {
    Size size = plan.sizes().getFirst();
    Settings settings = plan.settings(size).withTtl(plan.ttls().getFirst());
    Fleet fleet = Fleet.start(settings);
    TutorialFleet tutorial = new TutorialFleet(settings.withTtl(Tutorial.TTL));
    Markdown table =
        new Markdown(
            "",
            "reads",
            "hits",
            "near",
            "reads of DynamoDB",
            "gets of Momento",
            "read p99",
            "writes");
    Tally ours = new Tally();
    play(Player.of(fleet, call -> ours, Duration.ZERO), file, size);
    row(table, "service", ours, fleet.cache(), fleet.store());
    Tally theirs = new Tally();
    play(new Player(tutorial.loop(), tutorial, call -> theirs, Duration.ZERO), file, size);
    row(table, "tutorial", theirs, tutorial.cache(), tutorial.store());
    sheet.part(
        "A trace",
        "%s, played to %d instances with an empty cache; TTL %s, the tutorial's %s."
            .formatted(
                file.getFileName(),
                size.instances(),
                Figures.of(settings.ttl()),
                Figures.of(Tutorial.TTL)),
        table);
  }

  private static void play(Player player, Path file, Size size) {
    try (FileTrace trace = FileTrace.open(file, size.instances())) {
      player.play(trace);
    }
  }

  private static void row(
      Markdown table, String name, Tally tally, CacheModel cache, StoreModel store) {
    table.row(
        name,
        Figures.of(tally.reads()),
        Figures.percent(tally.hitRatio()),
        Figures.percent(tally.nearRatio()),
        Figures.of(store.reads().total()),
        Figures.of(cache.gets().total()),
        Figures.millis(tally.readMillis(99)),
        Figures.of(tally.writes()));
  }
}
