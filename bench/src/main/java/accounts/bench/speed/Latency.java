package accounts.bench.speed;

import org.HdrHistogram.Histogram;

/**
 * What an open loop showed: percentiles of the latency in microseconds, each call's counted from
 * when it was due.
 *
 * @param calls how many ended
 */
record Latency(double p50, double p99, double p999, long calls) {

  static Latency of(Histogram nanos) {
    return new Latency(
        nanos.getValueAtPercentile(50) / 1e3,
        nanos.getValueAtPercentile(99) / 1e3,
        nanos.getValueAtPercentile(99.9) / 1e3,
        nanos.getTotalCount());
  }
}
