package accounts.bench.load;

import accounts.bench.harness.BackendsProcess;
import accounts.bench.harness.BenchIdentity;
import accounts.bench.harness.ServerCommand;
import accounts.bench.harness.ServerProgram;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A measurement of the processor time of a FRESH hit, compared with a bare relay that makes one
 * Momento {@code get} for each call, and with that of a caller with a token. The servers take
 * turns, so that other load on the machine affects all alike. The backends and the callers run in
 * other processes, and are not counted.
 */
public final class HitCpu implements AutoCloseable {

  /**
   * The size of the measurement.
   *
   * @param callers how many, each with one call in flight at a time
   * @param calls how many of each server in each round
   * @param before the classpath of another build to measure, too
   */
  public record Plan(
      int users, int callers, int warmUp, int rounds, int calls, Optional<String> before) {}

  private static final double MOST_RELAYS = 1.4;
  private static final double MOST_FOR_TOKEN = 1.15;

  /** One read in so many may miss, since the cache may answer late once in a while. */
  private static final int NO_HITS_ONE_IN = 1000;

  private final Plan plan;
  private final List<BackendsProcess> backends = new ArrayList<>();
  private final List<MeasuredServer> subjects = new ArrayList<>();

  private HitCpu(Plan plan) {
    this.plan = plan;
  }

  /** Runs the measurement and returns the report. */
  public static Report run(Plan plan, Path logs) throws InterruptedException {
    try (HitCpu measurement = new HitCpu(plan)) {
      measurement.start(logs);
      measurement.measure();
      return measurement.report();
    }
  }

  private void start(Path logs) throws InterruptedException {
    BackendsProcess shared = backends(logs, "backends");
    add("relay", shared, relay(), logs);
    add("service", shared, service(), logs);
    addWithToken(logs);
    if (plan.before().isPresent()) {
      // It has a table and a cache of its own, since the two builds may use different formats.
      ServerCommand other = service().on(plan.before().get());
      add("before", backends(logs, "backends-before"), other, logs);
    }
    for (MeasuredServer subject : subjects) {
      subject.prepare(plan.users(), plan.callers(), plan.warmUp());
    }
  }

  private BackendsProcess backends(Path logs, String name) throws InterruptedException {
    BackendsProcess started = BackendsProcess.start(logs.resolve(name + ".log"));
    backends.add(started);
    return started;
  }

  private void add(String name, BackendsProcess behind, ServerCommand command, Path logs)
      throws InterruptedException {
    subjects.add(MeasuredServer.start(name, behind, command, logs));
  }

  private void addWithToken(Path logs) throws InterruptedException {
    BenchIdentity identity = BenchIdentity.create(logs.resolve("identity"));
    subjects.add(
        MeasuredServer.start("token", backends(logs, "backends-token"), service(), identity, logs));
  }

  private static ServerCommand service() {
    return ServerProgram.INTACT.optimized().command();
  }

  private static ServerCommand relay() {
    return ServerCommand.optimized(List.of(Relay.class.getName()))
        .on(System.getProperty("java.class.path"));
  }

  private void measure() throws InterruptedException {
    for (int i = 0; i < plan.rounds(); i++) {
      for (MeasuredServer subject : subjects) {
        subject.round(plan.callers(), plan.calls());
      }
    }
  }

  private Report report() {
    Report report = new Report();
    report.line(
        "processor time of the server for one FRESH hit; %,d users, %d callers, %d rounds of %,d calls each"
            .formatted(plan.users(), plan.callers(), plan.rounds(), plan.calls()));
    report.line(
        "%-8s %11s %11s %11s %12s %9s"
            .formatted("", "median us", "lowest us", "highest us", "median/relay", "no hits"));
    double relay = subjects.getFirst().medianMicros();
    for (MeasuredServer subject : subjects) {
      report.line(subject.row(relay));
    }
    judge(report, relay);
    return report;
  }

  private void judge(Report report, double relay) {
    MeasuredServer service = subjects.get(1);
    long noHits = subjects.stream().mapToLong(MeasuredServer::noHits).sum();
    long most = (long) plan.calls() * plan.rounds() * subjects.size() / NO_HITS_ONE_IN;
    report.check(
        noHits <= most,
        "reads that were no hits: %,d (expected: %,d at most)".formatted(noHits, most));
    report.check(
        service.medianMicros() <= MOST_RELAYS * relay,
        "service / relay: %.2f (expected: %.2f at most)"
            .formatted(service.medianMicros() / relay, MOST_RELAYS));
    double withToken = subjects.get(2).medianMicros();
    report.check(
        withToken <= MOST_FOR_TOKEN * service.medianMicros(),
        "token / service: %.2f (expected: %.2f at most)"
            .formatted(withToken / service.medianMicros(), MOST_FOR_TOKEN));
    if (plan.before().isPresent()) {
      double before = subjects.getLast().medianMicros();
      report.check(
          service.medianMicros() < before,
          "service / before: %.2f (expected: less than 1)"
              .formatted(service.medianMicros() / before));
    }
  }

  @Override
  public void close() {
    subjects.forEach(MeasuredServer::close);
    backends.forEach(BackendsProcess::close);
  }
}
