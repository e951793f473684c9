package accounts.bench.simulation;

import accounts.service.Source;
import java.util.EnumMap;
import java.util.Map;
import org.HdrHistogram.Histogram;

/** What became of the calls of a period. */
final class Tally {

  private static final long LONGEST = 600_000_000_000L;

  private final Map<Source, Long> answered = new EnumMap<>(Source.class);
  private final Histogram reads = new Histogram(LONGEST, 3);
  private final Histogram writes = new Histogram(LONGEST, 3);
  private long failed;
  private long failedWrites;

  void answered(Source source, long nanos) {
    answered.merge(source, 1L, Long::sum);
    reads.recordValue(Math.min(nanos, LONGEST));
  }

  void failed() {
    failed++;
  }

  void written(long nanos) {
    writes.recordValue(Math.min(nanos, LONGEST));
  }

  void writeFailed() {
    failedWrites++;
  }

  /** Returns the reads that were answered from there. */
  long from(Source source) {
    return answered.getOrDefault(source, 0L);
  }

  /** Returns all reads. */
  long reads() {
    return from(Source.NEAR_CACHE) + from(Source.CACHE) + from(Source.STORE) + failed;
  }

  long failures() {
    return failed;
  }

  long writes() {
    return writes.getTotalCount() + failedWrites;
  }

  long failedWrites() {
    return failedWrites;
  }

  /** Returns the share of the reads that the table was not asked for; a failed one is no hit. */
  double hitRatio() {
    return reads() == 0 ? 0 : (from(Source.NEAR_CACHE) + from(Source.CACHE)) / (double) reads();
  }

  /** Returns the share of the reads that memory answered. */
  double nearRatio() {
    return reads() == 0 ? 0 : from(Source.NEAR_CACHE) / (double) reads();
  }

  /** Returns a percentile of the latencies of answered reads, in milliseconds. */
  double readMillis(double percentile) {
    return reads.getValueAtPercentile(percentile) / 1e6;
  }

  /** Returns a percentile of the latencies of acknowledged writes, in milliseconds. */
  double writeMillis(double percentile) {
    return writes.getValueAtPercentile(percentile) / 1e6;
  }
}
