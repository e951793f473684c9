package accounts.bench.load;

import accounts.bench.freshness.Instances;
import accounts.bench.harness.Cluster;
import accounts.bench.harness.Node;
import accounts.bench.harness.ServerProcess;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.stream.Stream;

/**
 * A measurement of two clients' steady load, the project's own and a plain one of another language,
 * while each instance is replaced in turn.
 */
public final class RollingRestart {

  private static final int USERS = 300;
  private static final int ROUNDS = 2;
  private static final Duration WARM_UP = Duration.ofSeconds(10);
  private static final Duration EXIT = Duration.ofSeconds(60);
  private static final Duration SHARE_WITHIN = Duration.ofMinutes(2);
  private static final Duration LOOK = Duration.ofSeconds(2);

  /** Of the third that each of three instances would get. */
  private static final double FAIR = 0.2;

  private static final Samples NONE = new Samples(List.of());

  private final Cluster cluster;
  private final List<CallerLoad> loads;
  private final Report report = new Report();
  private final Map<CallerLoad, List<Duration>> shares = new HashMap<>();
  private int exits;

  /**
   * What is done.
   *
   * @param reads a second
   * @param writes a second
   * @param quiet how long the load runs before anything happens
   * @param node the installed program of the client in Node.js
   * @param proto the folder of the contract
   */
  public record Plan(double reads, double writes, Duration quiet, Path node, Path proto) {}

  private RollingRestart(Cluster cluster, List<CallerLoad> loads) {
    this.cluster = cluster;
    this.loads = loads;
  }

  /** Runs the load, and replaces each instance twice by SIGTERM and once by SIGKILL. */
  public static Report run(Cluster cluster, Plan plan) throws InterruptedException {
    Population users;
    try (Instances instances = cluster.connect()) {
      users = Population.create(instances.all().getFirst(), "rolling", USERS);
    }
    List<String> addresses = cluster.nodes().stream().map(node -> node.server().address()).toList();
    try (CallerLoad library =
            new LibraryLoad(addresses, cluster.token(), users, plan.reads(), plan.writes());
        CallerLoad plain =
            new NodeLoad(
                plan.node(),
                plan.proto(),
                addresses,
                cluster.token(),
                users,
                plan.reads(),
                plan.writes())) {
      RollingRestart restart = new RollingRestart(cluster, List.of(library, plain));
      restart.run(plan.quiet());
      return restart.report;
    }
  }

  private void run(Duration quiet) throws InterruptedException {
    Thread.sleep(WARM_UP);
    report.line(
        "%-10s %-8s %9s %7s %9s %9s %9s %9s  %s"
            .formatted(
                "",
                "client",
                "calls",
                "retries",
                "p50 ms",
                "p99 ms",
                "p99.9 ms",
                "max ms",
                "failed"));
    phase("before", () -> Thread.sleep(quiet));
    Map<CallerLoad, Samples> stopped =
        phase(
            "SIGTERM",
            () -> {
              for (int round = 0; round < ROUNDS; round++) {
                replaceAll(this::stop);
              }
            });
    Map<CallerLoad, Samples> killed = phase("SIGKILL", () -> replaceAll(ServerProcess::close));
    Map<CallerLoad, Duration> found = addInstance();
    for (CallerLoad load : loads) {
      check(load, stopped.getOrDefault(load, NONE), killed.getOrDefault(load, NONE));
      Duration after = found.get(load);
      report.check(
          after != null,
          "%s: an instance with a new address got its share of calls within 2 minutes, after %s"
              .formatted(load.name(), after == null ? "none" : after.toSeconds() + " s"));
    }
    report.check(exits == ROUNDS * cluster.nodes().size(), "SIGTERM: each instance exited with 0");
  }

  private void check(CallerLoad load, Samples stopped, Samples killed) {
    report.check(
        stopped.offered() > 0 && stopped.offered() == stopped.answered().offered(),
        load.name() + ": no call failed while each instance was replaced twice by SIGTERM");
    report.check(
        killed.offered() > 0
            && killed.all().stream().noneMatch(sample -> sample.code().startsWith("UNAVAILABLE")),
        load.name() + ": no call failed that may be repeated, by SIGKILL");
    List<Duration> after = shares.getOrDefault(load, List.of());
    report.check(
        after.size() == (ROUNDS + 1) * cluster.nodes().size(),
        "%s: each replaced instance got its share of calls again within 2 minutes, at most after %s s"
            .formatted(load.name(), after.stream().mapToLong(Duration::toSeconds).max().orElse(0)));
  }

  /** Something that takes a while. */
  private interface Step {
    void run() throws InterruptedException;
  }

  /** Ends an instance. */
  private interface End {
    void of(ServerProcess server) throws InterruptedException;
  }

  private Map<CallerLoad, Samples> phase(String name, Step step) throws InterruptedException {
    long from = System.nanoTime();
    Map<CallerLoad, Long> earlier = new HashMap<>();
    loads.forEach(load -> earlier.put(load, load.retries()));
    step.run();
    Period period = new Period(name, from, System.nanoTime());
    Map<CallerLoad, Samples> all = new HashMap<>();
    for (CallerLoad load : loads) {
      Samples samples = load.in(period);
      all.put(load, samples);
      row(name, load.name(), samples, load.retries() - earlier.getOrDefault(load, 0L));
    }
    return all;
  }

  private void row(String phase, String client, Samples samples, long retries) {
    report.line(
        "%-10s %-8s %,9d %,7d %9.1f %9.1f %9.1f %9.1f  %s"
            .formatted(
                phase,
                client,
                samples.offered(),
                retries,
                samples.millis(50),
                samples.millis(99),
                samples.millis(99.9),
                samples.millis(100),
                samples.failures()));
  }

  private void replaceAll(End end) throws InterruptedException {
    for (Node node : cluster.nodes()) {
      end.of(node.server());
      node.server().start();
      node.server().awaitReady();
      awaitShare(node.server().address())
          .forEach(
              (load, after) -> shares.computeIfAbsent(load, l -> new ArrayList<>()).add(after));
    }
  }

  /** Adds an instance that clients find only when they look the name of the service up again. */
  private Map<CallerLoad, Duration> addInstance() throws InterruptedException {
    Map<CallerLoad, Duration> found = new HashMap<>();
    try (Node added = cluster.startBeside("added", Map.of())) {
      added.server().awaitReady();
      String address = added.server().address();
      List<String> addresses =
          Stream.concat(
                  cluster.nodes().stream().map(node -> node.server().address()), Stream.of(address))
              .toList();
      phase(
          "new",
          () -> {
            loads.forEach(load -> load.resolveTo(addresses));
            found.putAll(awaitShare(address));
          });
    }
    return found;
  }

  private void stop(ServerProcess server) throws InterruptedException {
    server.terminate();
    OptionalInt code = server.awaitExit(EXIT);
    if (code.isPresent() && code.getAsInt() == 0) {
      exits++;
    }
  }

  /**
   * Waits until an instance gets about as many calls of each client as the others; returns after
   * what time each did.
   */
  private Map<CallerLoad, Duration> awaitShare(String address) throws InterruptedException {
    long began = System.nanoTime();
    Map<CallerLoad, Duration> found = new HashMap<>();
    Map<CallerLoad, Map<String, Long>> before = attempts();
    Duration passed = Duration.ZERO;
    while (found.size() < loads.size() && passed.compareTo(SHARE_WITHIN) < 0) {
      Thread.sleep(LOOK);
      passed = Duration.ofNanos(System.nanoTime() - began);
      Map<CallerLoad, Map<String, Long>> now = attempts();
      for (CallerLoad load : loads) {
        if (share(address, before.getOrDefault(load, Map.of()), now.getOrDefault(load, Map.of()))
            >= FAIR) {
          found.putIfAbsent(load, passed);
        }
      }
      before = now;
    }
    return found;
  }

  private Map<CallerLoad, Map<String, Long>> attempts() {
    Map<CallerLoad, Map<String, Long>> attempts = new HashMap<>();
    loads.forEach(load -> attempts.put(load, load.byAddress()));
    return attempts;
  }

  private static double share(String address, Map<String, Long> before, Map<String, Long> now) {
    long all = now.values().stream().mapToLong(n -> n).sum();
    long earlier = before.values().stream().mapToLong(n -> n).sum();
    long own = now.getOrDefault(address, 0L) - before.getOrDefault(address, 0L);
    return all == earlier ? 0 : own / (double) (all - earlier);
  }
}
