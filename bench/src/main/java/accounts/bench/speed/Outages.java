package accounts.bench.speed;

import accounts.bench.harness.BackendsProcess;
import accounts.bench.load.OpenLoop;
import accounts.bench.plot.LinePlot;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** What callers see second by second while the cache has troubles one after the other. */
final class Outages {

  private static final double PER_SECOND = 500;
  private static final int MOST_IN_FLIGHT = 4096;
  private static final String ROW = "| %4s | %-22s | %8s | %8s | %10s | %10s |%n";

  /** A second of the load. */
  private record Second(int number, String state, double hits, Latency latency) {}

  private final List<Second> seconds = new ArrayList<>();

  private Outages() {}

  /**
   * Watches calls through all of them.
   *
   * @param read FRESH reads of cached users
   * @param length of each state, at least some seconds
   */
  static Outages watch(Call read, BackendsProcess backends, Duration length)
      throws InterruptedException {
    Outages outages = new Outages();
    Tally tally = new Tally();
    OpenLoop loop =
        OpenLoop.start(
            "outages",
            PER_SECOND,
            MOST_IN_FLIGHT,
            (number, due, ended) ->
                read.send(
                    number,
                    asExpected -> {
                      tally.ended(due, asExpected);
                      ended.run();
                    }),
            due -> tally.dropped());
    try (loop) {
      outages.pass("as usual", length, tally);
      backends.control("POST", "/faults", "delay rpc=Get,GetBatch delay=100ms");
      outages.pass("slow by 100 ms", length, tally);
      backends.control("DELETE", "/faults", "");
      backends.control("POST", "/faults", "throttle per-second=100");
      outages.pass("throttled to 100/s", length, tally);
      backends.control("DELETE", "/faults", "");
      outages.pass("no longer throttled", length, tally);
      backends.control("POST", "/stop", "");
      outages.pass("down", length, tally);
      backends.control("POST", "/restart", "");
      outages.pass("back, and empty", length.multipliedBy(2), tally);
      backends.control("POST", "/flush", backends.cacheName());
      outages.pass("flushed", length, tally);
    }
    return outages;
  }

  private void pass(String state, Duration length, Tally tally) throws InterruptedException {
    for (int i = 0; i < length.toSeconds(); i++) {
      long ended = tally.ended();
      long unexpected = tally.unexpected();
      var unused = tally.takeNanos();
      Thread.sleep(Duration.ofSeconds(1));
      double calls = Math.max(1, tally.ended() - ended);
      seconds.add(
          new Second(
              seconds.size(),
              state,
              Math.max(0, 1 - (tally.unexpected() - unexpected) / calls),
              Latency.of(tally.takeNanos())));
    }
  }

  String markdown() {
    StringBuilder text = new StringBuilder();
    text.append(ROW.formatted("s", "cache", "calls", "hits", "p50 µs", "p99 µs"));
    text.append(ROW.formatted("--:", "---", "--:", "--:", "--:", "--:"));
    for (Second second : seconds) {
      text.append(
          ROW.formatted(
              second.number(),
              second.state(),
              second.latency().calls(),
              "%.1f %%".formatted(100 * second.hits()),
              "%,.0f".formatted(second.latency().p50()),
              "%,.0f".formatted(second.latency().p99())));
    }
    return text.toString();
  }

  String hitsSvg() {
    return new LinePlot(
            "Hits while the cache is slow, throttled, down, back, flushed",
            "s",
            "hits, %",
            false,
            List.of(
                new LinePlot.Series(
                    "hits",
                    seconds.stream()
                        .map(s -> new LinePlot.Point(s.number(), 100 * s.hits()))
                        .toList())))
        .svg();
  }

  String latencySvg() {
    return new LinePlot(
            "Latency while the cache is slow, throttled, down, back, flushed",
            "s",
            "µs",
            true,
            List.of(
                new LinePlot.Series(
                    "p50",
                    seconds.stream()
                        .map(s -> new LinePlot.Point(s.number(), s.latency().p50()))
                        .toList()),
                new LinePlot.Series(
                    "p99",
                    seconds.stream()
                        .map(s -> new LinePlot.Point(s.number(), s.latency().p99()))
                        .toList())))
        .svg();
  }
}
