package accounts.bench.speed;

import accounts.bench.harness.Compilers;
import accounts.bench.load.ClosedLoop;
import accounts.bench.load.OpenLoop;
import accounts.bench.load.TimedCall;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;

/** One kind of call of one server, and its measurement. For one thread. */
final class Case {

  /** So that a round has as many calls outstanding from its first moment as to its last. */
  private static final Duration RAMP = Duration.ofMillis(100);

  private static final Duration SLICE = Duration.ofMillis(900);

  private static final double SETTLED = 0.95;

  /** Longer than the JVM takes to give back what its compilers have freed. */
  private static final Duration STEADY = Duration.ofSeconds(6);

  /** Far more than a server that keeps up has in flight. */
  private static final int MOST_IN_FLIGHT = 4096;

  private final Kind kind;
  private final Subject subject;
  private final Call call;
  private final AtomicLong next = new AtomicLong();

  Case(Kind kind, Subject subject, Call call) {
    this.kind = kind;
    this.subject = subject;
    this.call = call;
  }

  Subject subject() {
    return subject;
  }

  /**
   * Makes calls until the server's code is compiled: its compilers are idle, and the processor time
   * of a call falls no more. That alone does not say so: as long as a compiler is busy all the
   * time, every slice takes the same.
   *
   * @param longest for how long
   */
  void warmUp(Duration longest) throws InterruptedException {
    long end = System.nanoTime() + longest.toNanos();
    double before;
    double now = Double.MAX_VALUE;
    Compilers compilers = new Compilers(subject::compilationTime);
    do {
      before = now;
      now = closed(SLICE).micros();
    } while ((!compilers.wereIdle(SLICE) || now < SETTLED * before) && System.nanoTime() - end < 0);
  }

  /** Makes calls for a moment, and returns whether the server's compilers were idle meanwhile. */
  boolean practise() throws InterruptedException {
    Compilers compilers = new Compilers(subject::compilationTime);
    var unused = closed(SLICE);
    return compilers.wereIdle(SLICE);
  }

  private TimedCall timed(Tally tally) {
    return (number, due, ended) ->
        call.send(
            next.getAndIncrement(),
            asExpected -> {
              tally.ended(due, asExpected);
              ended.run();
            });
  }

  /** Makes as many calls as the server answers, and returns what they took. */
  Throughput closed(Duration length) throws InterruptedException {
    Tally tally = new Tally();
    ClosedLoop loop = ClosedLoop.start(kind.callers(), timed(tally));
    try (loop) {
      Thread.sleep(RAMP);
      Reading before = read(tally);
      Thread.sleep(length);
      return read(tally).since(before);
    }
  }

  private Reading read(Tally tally) {
    return new Reading(
        System.nanoTime(),
        tally.ended(),
        tally.unexpected(),
        subject.processorTime().toNanos(),
        subject.allocatedBytes(),
        subject.units());
  }

  /** The counters of a server and of its calls at one moment. */
  private record Reading(
      long at, long ended, long unexpected, long processorNanos, long bytes, Units units) {

    Throughput since(Reading before) {
      double calls = Math.max(1, ended - before.ended);
      return new Throughput(
          calls * 1e9 / (at - before.at),
          (processorNanos - before.processorNanos) / 1e3 / calls,
          (bytes - before.bytes) / calls,
          (unexpected - before.unexpected) / calls,
          units.each(before.units, calls));
    }
  }

  /**
   * Makes calls at a constant rate, and returns their latencies from when they were due.
   *
   * @param perSecond the rate
   */
  Latency open(double perSecond, Duration length) throws InterruptedException {
    Tally tally = new Tally();
    OpenLoop loop =
        OpenLoop.start(
            "open loop", perSecond, MOST_IN_FLIGHT, timed(tally), due -> tally.dropped());
    try (loop) {
      Thread.sleep(RAMP);
      var unused = tally.takeNanos();
      Thread.sleep(length);
    }
    return Latency.of(tally.takeNanos());
  }

  /**
   * Returns the memory of the server at a constant rate of calls, when its compilers are idle.
   *
   * @param longest for how long that is waited for
   */
  long residentMebibytes(double perSecond, Duration longest) throws InterruptedException {
    long end = System.nanoTime() + longest.toNanos();
    Compilers compilers = new Compilers(subject::compilersTime);
    do {
      var unused = open(perSecond, STEADY);
    } while (!compilers.wereIdle(STEADY) && System.nanoTime() - end < 0);
    return subject.residentMebibytes();
  }
}
