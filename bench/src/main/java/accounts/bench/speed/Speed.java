package accounts.bench.speed;

import accounts.bench.load.Population;
import accounts.bench.load.Prices;
import accounts.bench.load.Report;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collection;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;

/**
 * A measurement of how fast the service is, next to its baselines. All kinds of calls take turns in
 * every round, so that other load on the machine affects all alike.
 */
public final class Speed {

  private static final double MEMORY_PER_SECOND = 10_000;
  private static final Duration MEMORY = Duration.ofSeconds(40);

  /** Rounds before those that count. */
  private static final int MOST_PRACTICE = 3;

  private final Plan plan;
  private final Map<Kind, Measured> results = new EnumMap<>(Kind.class);

  private Speed(Plan plan) {
    this.plan = plan;
  }

  /** Runs the measurement and returns the report. */
  public static Report run(Plan plan, Path logs) throws InterruptedException {
    Speed speed = new Speed(plan);
    Report report = new Report();
    report.line(Machine.here().markdown());
    try (Servers servers = new Servers(plan.start(), plan.jvm(), logs)) {
      Optional<Subject> steady =
          plan.kinds().contains(Kind.FRESH)
              ? Optional.of(servers.serviceAlone(plan.image()))
              : Optional.empty();
      Map<Kind, Case> cases = Cases.prepare(servers, plan);
      speed.measure(cases);
      report.line(new SpeedTable(speed.results).markdown());
      report.line(new LatencyTable(speed.results).markdown());
      Prices prices = Prices.read(plan.prices());
      report.line(new UnitsTable(speed.results, prices).markdown());
      new Bounds(speed.results).judge(report);
      speed.lookUps(cases, servers, report);
      if (steady.isPresent()) {
        Case reads = Cases.fresh(servers, steady.get(), plan.users());
        Bounds.judgeMemory(
            plan.image().isPresent() ? "the image" : "without the image's AOT cache",
            reads.residentMebibytes(MEMORY_PER_SECOND, MEMORY),
            report);
      }
      speed.witness(cases, logs, report);
    }
    plan.results().ifPresent(folder -> new ResultFiles(folder).write(report, speed.results));
    return report;
  }

  private void measure(Map<Kind, Case> cases) throws InterruptedException {
    for (Case one : cases.values()) {
      one.warmUp(plan.warmUp());
    }
    practise(cases.values());
    for (int round = 0; round < plan.rounds(); round++) {
      for (Map.Entry<Kind, Case> one : cases.entrySet()) {
        result(one.getKey()).add(one.getValue().closed(plan.closed()));
      }
    }
    Map<Kind, Case> timed = new EnumMap<>(cases);
    timed.keySet().retainAll(plan.latencies());
    for (int round = 0; round < plan.rounds(); round++) {
      for (double load : plan.loads()) {
        latencies(timed, load);
      }
      freshAtRateOfRelay(timed);
    }
  }

  /**
   * Takes turns as the rounds do, until all compilers are idle. When a server's turn comes again,
   * it meets what its warm-up did not have, such as answers in memory that are too old by now; what
   * was compiled without that is thrown away, and is compiled anew.
   */
  private static void practise(Collection<Case> cases) throws InterruptedException {
    boolean settled = false;
    for (int round = 0; round < MOST_PRACTICE && !settled; round++) {
      settled = true;
      for (Case one : cases) {
        settled &= one.practise();
      }
    }
  }

  /** At half of its own throughput the service is asked more often than its baseline at half. */
  private void freshAtRateOfRelay(Map<Kind, Case> cases) throws InterruptedException {
    Case fresh = cases.get(Kind.FRESH);
    Measured relay = results.get(Kind.RELAY);
    if (fresh != null && relay != null) {
      double perSecond = Measured.HALF * relay.perSecond();
      result(Kind.FRESH).addAtSameRate(fresh.open(perSecond, plan.open()));
    }
  }

  private void latencies(Map<Kind, Case> cases, double load) throws InterruptedException {
    for (Map.Entry<Kind, Case> one : cases.entrySet()) {
      double perSecond = load * result(one.getKey()).perSecond();
      result(one.getKey()).add(load, one.getValue().open(perSecond, plan.open()));
    }
  }

  private Measured result(Kind kind) {
    return results.computeIfAbsent(kind, ignored -> new Measured());
  }

  private void lookUps(Map<Kind, Case> cases, Servers servers, Report report) {
    Case add = cases.get(Kind.ADD);
    if (add != null) {
      Population users = Population.named(Cases.PREFIX, plan.users());
      LookUps lookUps = new LookUps(add.subject(), servers.backends(), users);
      Bounds.judgeLookUps(lookUps.roundTrips(), report);
    }
  }

  private void witness(Map<Kind, Case> cases, Path folder, Report report)
      throws InterruptedException {
    Case echo = cases.get(Kind.ECHO);
    Case bounded = cases.get(Kind.BOUNDED);
    if (echo != null && bounded != null && Witness.isHere()) {
      Witness.compare(
          echo.subject(), bounded.subject(), Cases.HOT_USER, plan.rounds(), folder, report);
    }
  }
}
