package accounts.bench.load;

import accounts.bench.freshness.Instance;
import accounts.bench.harness.BackendsProcess;
import accounts.bench.harness.ProcessorCgroup;
import accounts.bench.harness.ServerCommand;
import accounts.bench.harness.ServerProcess;
import accounts.bench.harness.ServerProgram;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;

/**
 * A measurement of the first calls of an instance that says it is ready, next to the same calls
 * when it has run for a while; and of the first calls of one that has a quarter of a processor.
 */
public final class FirstCalls implements AutoCloseable {

  /**
   * The size of the measurement.
   *
   * @param calls that are measured
   * @param perSecond how many of them are sent
   * @param slowPerSecond how many are sent to the instance with a quarter of a processor
   * @param between calls that are not measured, until an instance counts as warm
   * @param quarter whether to measure an instance with a quarter of a processor
   * @param image a folder with the files of the image to measure; empty for the classes of this
   *     build, on this JVM
   */
  public record Plan(
      int calls,
      double perSecond,
      double slowPerSecond,
      int between,
      boolean quarter,
      Optional<Path> image) {

    ServerCommand command() {
      return image.map(ServerCommand::ofImage).orElseGet(() -> ServerCommand.asDeployed(MAIN));
    }

    ServerCommand command(ProcessorCgroup share) {
      return image
          .map(root -> ServerCommand.ofImage(root).inside(share))
          .orElseGet(() -> ServerCommand.inPod(MAIN, share));
    }
  }

  private static final double MOST_TIMES = 3;
  private static final int MEMBERS = 200;
  private static final int AT_ONCE = 4;
  private static final int MOST_IN_FLIGHT = 1000;
  private static final int MILLICORES = 250;

  /** As the startup probe of k8s/base/deployment.yaml allows. */
  private static final Duration START = Duration.ofMinutes(3);

  /** The most there is: in 10 s such a server gets 2.5 s of processor time. */
  private static final Map<String, String> LONG_WARM_UP = Map.of("ACCOUNTS_WARM_UP", "1m");

  private static final List<String> MAIN = List.of("accounts.server.Main");

  private final Plan plan;
  private final Path logs;
  private final BackendsProcess backends;
  private final Report report = new Report();

  private FirstCalls(Plan plan, Path logs) {
    this.plan = plan;
    this.logs = logs;
    this.backends = BackendsProcess.start(logs.resolve("backends.log"));
  }

  /** Runs the measurement and returns the report. */
  public static Report run(Plan plan, Path logs) throws InterruptedException {
    try (FirstCalls measurement = new FirstCalls(plan, logs)) {
      measurement.run();
      return measurement.report;
    }
  }

  private void run() throws InterruptedException {
    MixedCalls.Members members = prepare();
    report.line(
        "%-28s %10s %9s %9s %9s %21s  %s"
            .formatted(
                "", "ready in s", "p50 ms", "p99 ms", "max ms", "reads, lists, changes", "failed"));
    wholeProcessors(members);
    if (plan.quarter()) {
      quarter(members);
    } else {
      report.line("a quarter of a processor: not run, as told");
    }
  }

  /** Creates what is read, through an instance of its own: and warms this process up, too. */
  private MixedCalls.Members prepare() throws InterruptedException {
    try (Started first = start("preparing", plan.command(), Map.of())) {
      MixedCalls.Members members =
          MixedCalls.Members.create(first.instance(), "first-calls", MEMBERS);
      pass(new MixedCalls(first.instance(), members));
      return members;
    }
  }

  private void wholeProcessors(MixedCalls.Members members) throws InterruptedException {
    try (Started server = start("fresh", plan.command(), Map.of())) {
      Samples first = measure("first calls", server, members, plan.perSecond());
      pass(new MixedCalls(server.instance(), members));
      Samples later =
          measure("after %,d more".formatted(plan.between()), server, members, plan.perSecond());
      double times = first.millis(99) / later.millis(99);
      report.check(
          times <= MOST_TIMES,
          "first %,d calls: p99 %.1f times that of the warm instance (expected: %.0f at most)"
              .formatted(plan.calls(), times, MOST_TIMES));
      judgeFailures("first calls", first);
    }
  }

  private void quarter(MixedCalls.Members members) throws InterruptedException {
    ProcessorCgroup share;
    try {
      share = ProcessorCgroup.create(MILLICORES, ProcessorCgroup.OF_A_POD);
    } catch (IllegalStateException e) {
      report.check(false, "a quarter of a processor: not run: " + e.getMessage());
      return;
    }
    try (share;
        Started server = start("quarter", plan.command(share), LONG_WARM_UP)) {
      judgeFailures(
          "a quarter of a processor",
          measure("a quarter of a processor", server, members, plan.slowPerSecond()));
    }
  }

  /** The calls have the client's deadlines, so that whatever is later has failed. */
  private void judgeFailures(String what, Samples calls) {
    report.check(
        calls.answered().offered() == plan.calls(),
        "%s: failed within the client's default deadlines (%d s, changes %d s): %s (expected: none)"
            .formatted(
                what,
                MixedCalls.READ_DEADLINE.toSeconds(),
                MixedCalls.WRITE_DEADLINE.toSeconds(),
                calls.failures()));
  }

  private Samples measure(String name, Started server, MixedCalls.Members members, double perSecond)
      throws InterruptedException {
    MixedCalls calls = new MixedCalls(server.instance(), members);
    CountDownLatch sent = new CountDownLatch(plan.calls());
    OpenLoop loop =
        OpenLoop.start(
            "first",
            perSecond,
            MOST_IN_FLIGHT,
            (number, due, ended) -> {
              if (number < plan.calls()) {
                calls.send(number, due, ended);
                sent.countDown();
              } else {
                ended.run();
              }
            },
            calls::dropped);
    try (loop) {
      sent.await();
    }
    Samples seen = calls.all();
    report.line(
        "%-28s %10.1f %9.1f %9.1f %9.1f %21s  %s"
            .formatted(
                name,
                server.seconds(),
                seen.millis(50),
                seen.millis(99),
                seen.millis(100),
                "%.0f, %.0f, %.0f"
                    .formatted(
                        calls.reads().millis(99),
                        calls.lists().millis(99),
                        calls.changes().millis(99)),
                seen.failures()));
    return seen;
  }

  /** Sends the calls that are not measured. */
  private void pass(MixedCalls calls) throws InterruptedException {
    ClosedLoop.run(AT_ONCE, plan.between(), calls::send);
  }

  /** An instance that says it is ready, and how long that took. */
  private record Started(ServerProcess server, Instance instance, double seconds)
      implements AutoCloseable {

    @Override
    public void close() {
      instance.close();
      server.close();
    }
  }

  private Started start(String name, ServerCommand command, Map<String, String> settings)
      throws InterruptedException {
    Map<String, String> environment = new HashMap<>(backends.environment());
    environment.putAll(settings);
    ServerProcess server =
        ServerProcess.of(environment, ServerProgram.of(command), logs.resolve(name + ".log"));
    long began = System.nanoTime();
    try {
      server.start();
      server.awaitServing(START);
      return new Started(
          server, Instance.connect(name, server.address()), (System.nanoTime() - began) / 1e9);
    } catch (RuntimeException | InterruptedException e) {
      server.close();
      throw e;
    }
  }

  @Override
  public void close() {
    backends.close();
  }
}
