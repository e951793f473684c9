package accounts.bench.load;

import accounts.bench.freshness.Instances;
import accounts.bench.harness.Cluster;
import accounts.bench.harness.Node;
import accounts.bench.harness.ServerProcess;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;

/** A measurement of a steady load while each instance is replaced in turn. */
public final class RollingRestart {

  private static final int USERS = 300;
  private static final int ROUNDS = 2;
  private static final Duration WARM_UP = Duration.ofSeconds(10);
  private static final Duration EXIT = Duration.ofSeconds(60);
  private static final Duration SHARE_WITHIN = Duration.ofMinutes(2);
  private static final Duration LOOK = Duration.ofSeconds(2);

  /** Of the third that each of three instances would get. */
  private static final double FAIR = 0.2;

  private final Cluster cluster;
  private final LibraryLoad load;
  private final Report report = new Report();
  private final List<Duration> shares = new ArrayList<>();
  private int exits;

  /**
   * What is done.
   *
   * @param reads a second
   * @param writes a second
   * @param quiet how long the load runs before anything happens
   */
  public record Plan(double reads, double writes, Duration quiet) {}

  private RollingRestart(Cluster cluster, LibraryLoad load) {
    this.cluster = cluster;
    this.load = load;
  }

  /** Runs the load, and replaces each instance twice by SIGTERM and once by SIGKILL. */
  public static Report run(Cluster cluster, Plan plan) throws InterruptedException {
    Population users;
    try (Instances instances = cluster.connect()) {
      users = Population.create(instances.all().getFirst(), "rolling", USERS);
    }
    InstancesResolver.register(
        cluster.nodes().stream().map(node -> node.server().address()).toList());
    try (LibraryLoad load =
        new LibraryLoad(
            InstancesResolver.TARGET, cluster.token(), users, plan.reads(), plan.writes())) {
      RollingRestart restart = new RollingRestart(cluster, load);
      restart.run(plan.quiet());
      return restart.report;
    }
  }

  private void run(Duration quiet) throws InterruptedException {
    Thread.sleep(WARM_UP);
    report.line(
        "%-10s %9s %7s %9s %9s %9s %9s  %s"
            .formatted("", "calls", "retries", "p50 ms", "p99 ms", "p99.9 ms", "max ms", "failed"));
    phase("before", () -> Thread.sleep(quiet));
    Samples stopped =
        phase(
            "SIGTERM",
            () -> {
              for (int round = 0; round < ROUNDS; round++) {
                replaceAll(this::stop);
              }
            });
    Samples killed = phase("SIGKILL", () -> replaceAll(ServerProcess::close));
    report.check(
        stopped.offered() == stopped.answered().offered(),
        "SIGTERM: no call failed while each instance was replaced twice");
    report.check(exits == ROUNDS * cluster.nodes().size(), "SIGTERM: each instance exited with 0");
    report.check(
        killed.all().stream().noneMatch(sample -> sample.code().startsWith("UNAVAILABLE")),
        "SIGKILL: no call failed that may be repeated");
    report.check(
        shares.size() == (ROUNDS + 1) * cluster.nodes().size(),
        "each new instance got its share of calls within 2 minutes, at most after %s s"
            .formatted(shares.stream().mapToLong(Duration::toSeconds).max().orElse(0)));
  }

  /** Something that takes a while. */
  private interface Step {
    void run() throws InterruptedException;
  }

  /** Ends an instance. */
  private interface End {
    void of(ServerProcess server) throws InterruptedException;
  }

  private Samples phase(String name, Step step) throws InterruptedException {
    long from = System.nanoTime();
    long retries = load.attempts().retries();
    step.run();
    Period period = new Period(name, from, System.nanoTime());
    List<Sample> all = new ArrayList<>(load.reads().in(period).all());
    all.addAll(load.writes().in(period).all());
    Samples samples = new Samples(all);
    report.line(
        "%-10s %,9d %,7d %9.1f %9.1f %9.1f %9.1f  %s"
            .formatted(
                name,
                samples.offered(),
                load.attempts().retries() - retries,
                samples.millis(50),
                samples.millis(99),
                samples.millis(99.9),
                samples.millis(100),
                samples.failures()));
    return samples;
  }

  private void replaceAll(End end) throws InterruptedException {
    for (Node node : cluster.nodes()) {
      end.of(node.server());
      node.server().start();
      node.server().awaitReady();
      awaitShare(node.server().address());
    }
  }

  private void stop(ServerProcess server) throws InterruptedException {
    server.terminate();
    OptionalInt code = server.awaitExit(EXIT);
    if (code.isPresent() && code.getAsInt() == 0) {
      exits++;
    }
  }

  /** Waits until an instance gets about as many calls as the others. */
  private void awaitShare(String address) throws InterruptedException {
    long began = System.nanoTime();
    Map<String, Long> before = load.attempts().byAddress();
    for (Duration passed = Duration.ZERO;
        passed.compareTo(SHARE_WITHIN) < 0;
        passed = Duration.ofNanos(System.nanoTime() - began)) {
      Thread.sleep(LOOK);
      Map<String, Long> now = load.attempts().byAddress();
      if (share(address, before, now) >= FAIR) {
        shares.add(passed);
        return;
      }
      before = now;
    }
  }

  private static double share(String address, Map<String, Long> before, Map<String, Long> now) {
    long all = now.values().stream().mapToLong(n -> n).sum();
    long earlier = before.values().stream().mapToLong(n -> n).sum();
    long own = now.getOrDefault(address, 0L) - before.getOrDefault(address, 0L);
    return all == earlier ? 0 : own / (double) (all - earlier);
  }
}
