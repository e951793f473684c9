package accounts.bench.load;

import accounts.bench.harness.BackendsProcess;
import accounts.bench.harness.ServerCommand;
import accounts.bench.harness.ServerProgram;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What a FRESH hit costs a server in processor time, next to a bare relay that makes one Momento
 * {@code get} for each call. The subjects take turns, so that whatever else the machine does hits
 * all alike. The backends and the callers are other processes, and not counted.
 */
public final class HitCpu implements AutoCloseable {

  /**
   * How much.
   *
   * @param callers each with one call in flight at a time
   * @param calls of each subject in each round
   * @param before the classpath of another build, as a third subject
   */
  public record Plan(
      int users, int callers, int warmUp, int rounds, int calls, Optional<String> before) {}

  private static final double MOST_RELAYS = 1.4;

  /** A cache that answers late once in a while is no reason to measure again. */
  private static final int NO_HITS_ONE_IN = 1000;

  private final Plan plan;
  private final List<BackendsProcess> backends = new ArrayList<>();
  private final List<HitSubject> subjects = new ArrayList<>();

  private HitCpu(Plan plan) {
    this.plan = plan;
  }

  /** Measures. */
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
    if (plan.before().isPresent()) {
      // With a table and a cache of its own: the two need not know each other's formats.
      ServerCommand other = service().on(plan.before().get());
      add("before", backends(logs, "backends-before"), other, logs);
    }
    for (HitSubject subject : subjects) {
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
    subjects.add(HitSubject.start(name, behind, command, logs));
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
      for (HitSubject subject : subjects) {
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
    for (HitSubject subject : subjects) {
      report.line(subject.row(relay));
    }
    judge(report, relay);
    return report;
  }

  private void judge(Report report, double relay) {
    HitSubject service = subjects.get(1);
    long noHits = subjects.stream().mapToLong(HitSubject::noHits).sum();
    long most = (long) plan.calls() * plan.rounds() * subjects.size() / NO_HITS_ONE_IN;
    report.check(
        noHits <= most,
        "reads that were no hits: %,d (expected: %,d at most)".formatted(noHits, most));
    report.check(
        service.medianMicros() <= MOST_RELAYS * relay,
        "service / relay: %.2f (expected: %.2f at most)"
            .formatted(service.medianMicros() / relay, MOST_RELAYS));
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
    subjects.forEach(HitSubject::close);
    backends.forEach(BackendsProcess::close);
  }
}
