package accounts.bench.speed;

import java.util.Map;
import java.util.Objects;

/** The table of latencies, in Markdown that can be read as it is. */
record LatencyTable(Map<Kind, Measured> results) {

  private static final String ROW = "| %-32s | %6s | %10s | %9s | %9s | %9s |%n";

  /** A percentile of fewer calls is the latency of one call. */
  private static final long LEAST_CALLS = 5000;

  String markdown() {
    StringBuilder text = new StringBuilder();
    text.append(ROW.formatted("", "load", "calls/s", "p50 µs", "p99 µs", "p99.9 µs"));
    text.append(ROW.formatted("---", "--:", "--:", "--:", "--:", "--:"));
    results.forEach((kind, measured) -> {
      measured
          .loads()
          .forEach(load ->
              text.append(
                  row(
                      kind,
                      "%.0f %%".formatted(100 * load),
                      load * measured.perSecond(),
                      measured.at(load))));
      measured.atSameRate().ifPresent(latency -> text.append(atSameRate(kind, latency)));
    });
    return text.toString();
  }

  private String atSameRate(Kind kind, Latency latency) {
    Measured baseline = results.get(kind.baseline().orElseThrow());
    double perSecond = Measured.HALF * Objects.requireNonNull(baseline).perSecond();
    return row(kind, "same", perSecond, latency);
  }

  private static String row(Kind kind, String load, double perSecond, Latency latency) {
    return ROW.formatted(
        kind.title(),
        load,
        "%,.0f".formatted(perSecond),
        "%,.0f".formatted(latency.p50()),
        "%,.0f".formatted(latency.p99()),
        latency.calls() < LEAST_CALLS ? "–" : "%,.0f".formatted(latency.p999()));
  }
}
