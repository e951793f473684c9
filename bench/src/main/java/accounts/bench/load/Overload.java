package accounts.bench.load;

import accounts.bench.freshness.Instance;
import accounts.bench.harness.BackendsProcess;
import accounts.bench.harness.Compilers;
import accounts.bench.harness.JvmProbe;
import accounts.bench.harness.Processor;
import accounts.bench.harness.ProcessorCgroup;
import accounts.bench.harness.ServerCommand;
import accounts.bench.harness.ServerProcess;
import accounts.bench.harness.ServerProgram;
import accounts.overload.CallAdmission;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.function.Function;

/**
 * A measurement of one instance with more to do than it can: how many calls it still answers, how
 * soon, what that does to its memory, and how soon it is as before.
 */
public final class Overload implements AutoCloseable {

  /**
   * The durations of the measurement.
   *
   * @param step of each smaller load
   * @param overload of each overload
   */
  public record Plan(Duration step, Duration overload) {}

  /** The server has a processor for itself; callers and backends share the other. */
  private static final Processor SERVERS = new Processor(0);

  private static final Processor OTHERS = new Processor(1);

  private static final int WHOLE = 1000;

  /**
   * Its part of that processor while batches come. With all of it, what callers and cache do for a
   * batch costs as much as what the server does, and it would be they who are overloaded.
   */
  private static final int HALF = 500;

  /** Short beside the latency of a call. */
  private static final Duration SHARE_PERIOD = Duration.ofMillis(4);

  private static final int USERS = 2000;

  /** 100 calls may be in flight on each. */
  private static final int CONNECTIONS = 48;

  private static final int OUTSTANDING = 4000;
  private static final int MOST_IN_FLIGHT = 4500;
  private static final int TIMES = 4;
  private static final int POLITE = 4;
  private static final int GREEDY = 100;
  private static final double LEAST_OF_READS = 0.8;
  private static final double LEAST_OF_TWICE = 0.65;

  /**
   * Refusals of three quarters of what is offered take their part, however much of the rest is
   * answered: a batch is ten times the work of refusing one.
   */
  private static final double LEAST_OF_BATCHES = 0.55;

  private static final double LEAST_SHARE = 0.9;
  private static final double LEAST_BUSY = 0.9;

  /**
   * Above what is expected to be answered; with all of it, the callers' processor is short, too.
   */
  private static final double ASKED_OF_SHARE = 0.93;

  private static final double MOST_LATENCY = 2;

  /** A pause of a few milliseconds lets as many batches come at once as are refused. */
  private static final double MOST_REFUSED = 0.005;

  private static final double MOST_GROWTH = 1.1;
  private static final long MOST_MEBIBYTES = 576;
  private static final double LIGHT = 0.1;
  private static final double AFTERWARDS = 0.5;
  private static final Duration SETTLING = Duration.ofSeconds(3);
  private static final Duration SLICE = Duration.ofSeconds(4);

  /** For each load of the warm-up. */
  private static final int MOST_SLICES = 10;

  private static final Duration BACK_WITHIN = Duration.ofSeconds(5);

  private final Plan plan;
  private final BackendsProcess backends;
  private final ProcessorCgroup share;
  private final ServerProcess server;
  private final Instance callers;
  private final Report report = new Report();
  private int given = WHOLE;
  private Population users = new Population(List.of());

  /**
   * What was seen of a load: its calls, the memory that was resident, and which part of the load's
   * time the server's processor was busy.
   */
  private record Seen(Samples calls, Period period, long mebibytes, double busy) {
    double goodput() {
      return calls.answered().offered() / period.seconds();
    }

    double refused() {
      return 1 - (double) calls.answered().offered() / calls.offered();
    }

    double millis(double percentile) {
      return calls.answered().millis(percentile);
    }
  }

  private Overload(Plan plan, Path logs) {
    this.plan = plan;
    this.backends = BackendsProcess.start(logs.resolve("backends.log"));
    this.share = ProcessorCgroup.create(WHOLE, SHARE_PERIOD);
    ServerCommand command =
        ServerCommand.asDeployed(List.of("accounts.server.Main")).on(SERVERS).inside(share);
    this.server =
        ServerProcess.of(
            backends.environment(), ServerProgram.of(command), logs.resolve("overloaded.log"));
    this.callers = Instance.connect("overloaded", server.address(), CONNECTIONS);
  }

  /** Runs the measurement and returns the report. */
  public static Report run(Plan plan, Path logs) throws InterruptedException {
    OTHERS.moveHere(); // and with it the backends, which it starts
    try (Overload overload = new Overload(plan, logs)) {
      overload.server.start();
      overload.server.awaitReady();
      overload.run();
      return overload.report;
    }
  }

  private void run() throws InterruptedException {
    users = Population.create(callers, "overloaded", USERS);
    report.line(
        "%-28s %10s %10s %9s %9s %13s %7s  %s"
            .formatted(
                "",
                "offered/s",
                "answered/s",
                "p50 ms",
                "p99 ms",
                "resident MiB",
                "busy %",
                "failed"));
    warmUp();
    outstanding(peak("reads", List.of(32, 64, 128, 256), calls -> calls::one));
    give(HALF);
    greedy(peak("reads, half", List.of(32, 64, 128), calls -> calls::one));
    overloaded(peak("batches", List.of(4, 8, 16), calls -> calls::batch));
  }

  /**
   * Until the compilers have done what each load needs, refusals included: beside a compiler that
   * is busy all the time the server answers a third less, and refuses what it would answer later
   * on.
   */
  private void warmUp() throws InterruptedException {
    try (JvmProbe probe = server.probe()) {
      Compilers compilers = new Compilers(probe::compilationTime);
      var unusedFew =
          settle(compilers, () -> closed("warm-up: reads", 64, calls -> calls::one, SLICE));
      var unusedMany =
          settle(
              compilers,
              () -> closed("warm-up: many reads", OUTSTANDING, calls -> calls::one, SLICE));
      Seen most =
          settle(compilers, () -> closed("warm-up: batches", 8, calls -> calls::batch, SLICE));
      var unusedRefusals =
          settle(compilers, () -> batches("warm-up: refusals", most.goodput() * TIMES, SLICE));
    }
  }

  /** A load for the time of a {@link #SLICE}. */
  private interface Slice {
    Seen take() throws InterruptedException;
  }

  private static Seen settle(Compilers compilers, Slice slice) throws InterruptedException {
    Seen seen = slice.take();
    for (int i = 1; i < MOST_SLICES && !compilers.wereIdle(SLICE); i++) {
      seen = slice.take();
    }
    return seen;
  }

  private void give(int millicores) {
    share.change(millicores);
    given = millicores;
  }

  /** Returns the load that was answered best. */
  private Seen peak(String what, List<Integer> counts, Function<Reads, TimedCall> call)
      throws InterruptedException {
    Seen best = closed(what + ": " + counts.getFirst(), counts.getFirst(), call, plan.step());
    for (int count : counts.subList(1, counts.size())) {
      Seen seen = closed(what + ": " + count, count, call, plan.step());
      best = seen.goodput() > best.goodput() ? seen : best;
    }
    return best;
  }

  private void outstanding(Seen peak) throws InterruptedException {
    Seen seen = closed("reads: " + OUTSTANDING, OUTSTANDING, reads -> reads::one, plan.overload());
    // The callers' processor may be the limit here, of the most as of this.
    judgeAnswered(OUTSTANDING + " reads outstanding", seen, peak, LEAST_OF_READS);
    report.check(
        seen.mebibytes() < MOST_MEBIBYTES,
        "%d reads outstanding: %d MiB resident (expected: less than %d)"
            .formatted(OUTSTANDING, seen.mebibytes(), MOST_MEBIBYTES));
  }

  private void judgeGoodput(String what, Seen seen, Seen peak, double least) {
    judgeLoad(what, seen);
    judgeAnswered(what, seen, peak, least);
  }

  private void judgeAnswered(String what, Seen seen, Seen peak, double least) {
    report.check(
        seen.goodput() >= least * peak.goodput(),
        "%s: %.0f %% of the most answered (expected: %.0f %% or more)"
            .formatted(what, 100 * seen.goodput() / peak.goodput(), 100 * least));
  }

  /**
   * Four callers ask for nearly their fifth of the peak each, beside one that takes what it can.
   */
  private void greedy(Seen peak) throws InterruptedException {
    double fair = POLITE * peak.goodput() / (POLITE + 1);
    Instance greedy = Instance.connect("greedy", server.address());
    Instance polite = Instance.connect("polite", server.address(), POLITE);
    Reads others = new Reads(polite, users);
    ClosedLoop all = ClosedLoop.start(GREEDY, new Reads(greedy, users)::batch);
    OpenLoop shares = open(others, ASKED_OF_SHARE * fair, others::one);
    try (greedy;
        polite;
        all;
        shares) {
      var unused = Period.pass("new connections", SETTLING);
      Seen seen = watch("reads beside a greedy caller", others, plan.overload());
      judgeLoad("four callers beside a greedy one", seen);
      report.check(
          seen.goodput() >= LEAST_SHARE * fair,
          "four callers beside a greedy one: %.0f %% of their shares answered (expected: %.0f %% or more)"
              .formatted(100 * seen.goodput() / fair, 100 * LEAST_SHARE));
    }
  }

  private void overloaded(Seen peak) throws InterruptedException {
    Seen light = batches("batches: a tenth of it", peak.goodput() * LIGHT, plan.step());
    Seen half = batches("batches: half of it", peak.goodput() * AFTERWARDS, plan.step());
    Seen twice = batches("batches: twice it", peak.goodput() * 2, plan.overload());
    judgeGoodput("twice the batches", twice, peak, LEAST_OF_TWICE);
    judgeWait("twice the batches", twice);
    Seen over = batches("batches: 4 times it", peak.goodput() * TIMES, plan.overload());
    Seen after = batches("batches: half of it again", peak.goodput() * AFTERWARDS, plan.step());
    judgeGoodput("4 times the batches", over, peak, LEAST_OF_BATCHES);
    judgeWait("4 times the batches", over);
    report.check(
        over.mebibytes() <= MOST_GROWTH * light.mebibytes(),
        "4 times the batches: %d MiB resident (expected: a tenth more than %d at most)"
            .formatted(over.mebibytes(), light.mebibytes()));
    Period back = after.period().after(BACK_WITHIN);
    Seen recovered = new Seen(after.calls().in(back), back, after.mebibytes(), after.busy());
    judgeLatency("5 s after it", recovered, half);
    report.check(
        recovered.refused() <= half.refused() + MOST_REFUSED,
        "5 s after it: %.2f %% refused (expected: %.2f %%, as before, and at most %.1f more)"
            .formatted(100 * recovered.refused(), 100 * half.refused(), 100 * MOST_REFUSED));
  }

  /** Otherwise it is the callers, or the cache, that are overloaded, and nothing is shown. */
  private void judgeLoad(String what, Seen seen) {
    report.check(
        seen.busy() >= LEAST_BUSY,
        "%s: the server's processor was busy for %.0f %% of the time (expected: %.0f %% or more, else the callers' processor is the limit)"
            .formatted(what, 100 * seen.busy(), 100 * LEAST_BUSY));
  }

  /** An admitted call is answered before a refused caller may come back. */
  private void judgeWait(String what, Seen seen) {
    long most = CallAdmission.RETRY_AFTER.toMillis();
    report.check(
        seen.millis(99) <= most,
        "%s: p99 of the answered %.1f ms (expected: %d at most)"
            .formatted(what, seen.millis(99), most));
  }

  private void judgeLatency(String what, Seen seen, Seen before) {
    report.check(
        seen.millis(99) <= MOST_LATENCY * before.millis(99),
        "%s: p99 of the answered %.1f ms (expected: %.0f times %.1f ms, as before, at most)"
            .formatted(what, seen.millis(99), MOST_LATENCY, before.millis(99)));
  }

  private Seen closed(String name, int count, Function<Reads, TimedCall> call, Duration length)
      throws InterruptedException {
    Reads reads = new Reads(callers, users);
    ClosedLoop loop = ClosedLoop.start(count, call.apply(reads));
    try (loop) {
      return watch(name, reads, length);
    }
  }

  private Seen batches(String name, double perSecond, Duration length) throws InterruptedException {
    Reads reads = new Reads(callers, users);
    OpenLoop loop = open(reads, perSecond, reads::batch);
    try (loop) {
      return watch(name, reads, length);
    }
  }

  private static OpenLoop open(Reads reads, double perSecond, TimedCall call) {
    return OpenLoop.start("load", perSecond, MOST_IN_FLIGHT, call, reads.samples()::dropped);
  }

  private Seen watch(String name, Reads reads, Duration length) throws InterruptedException {
    Duration before = server.processorTime();
    Period period = Period.pass(name, length);
    Duration used = server.processorTime().minus(before);
    double busy = used.toNanos() / 1e6 / given / period.seconds();
    Seen seen = new Seen(reads.samples().in(period), period, server.residentMebibytes(), busy);
    report.line(
        "%-28s %10.0f %10.0f %9.1f %9.1f %13d %7.0f  %s"
            .formatted(
                name,
                seen.calls().offered() / period.seconds(),
                seen.goodput(),
                seen.millis(50),
                seen.millis(99),
                seen.mebibytes(),
                100 * seen.busy(),
                seen.calls().failures()));
    return seen;
  }

  @Override
  public void close() {
    callers.close();
    server.close();
    share.close();
    backends.close();
  }
}
