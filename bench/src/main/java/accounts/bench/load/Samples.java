package accounts.bench.load;

import accounts.bench.load.Sample.Ending;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Ended calls of one kind, and their statistics. */
record Samples(List<Sample> all) {

  Samples {
    all = List.copyOf(all);
  }

  /** Returns the calls that were due in this period. */
  Samples in(Period period) {
    return new Samples(all.stream().filter(period::holds).toList());
  }

  int offered() {
    return all.size();
  }

  long count(Ending ending) {
    return all.stream().filter(sample -> sample.ended(ending)).count();
  }

  /** Returns the number of failures with this code. */
  long failed(String code) {
    return all.stream().filter(sample -> sample.code().equals(code)).count();
  }

  /**
   * Returns the share of hits among all reads that were due, from 0 to 1; reads that failed or were
   * not sent are no hits. 0 if none was due.
   */
  double hitRatio() {
    return all.isEmpty() ? 0 : count(Ending.HIT) / (double) offered();
  }

  /** Returns the calls that were answered. */
  Samples answered() {
    return new Samples(
        all.stream()
            .filter(sample -> !sample.ended(Ending.FAILED) && !sample.ended(Ending.DROPPED))
            .toList());
  }

  /** Returns a percentile of the latencies of the calls that were sent, in milliseconds. */
  double millis(double percentile) {
    long[] sorted =
        all.stream()
            .filter(sample -> !sample.ended(Ending.DROPPED))
            .mapToLong(Sample::nanos)
            .sorted()
            .toArray();
    int rank = (int) Math.ceil(percentile / 100 * sorted.length);
    return sorted.length == 0 ? 0 : sorted[Math.max(0, rank - 1)] / 1e6;
  }

  /** Returns the numbers of failures by code and of dropped calls as text, or "-". */
  String failures() {
    Map<String, Long> failures =
        all.stream()
            .filter(sample -> !sample.code().isEmpty())
            .collect(Collectors.groupingBy(Sample::code, TreeMap::new, Collectors.counting()));
    long dropped = count(Ending.DROPPED);
    if (dropped > 0) {
      failures.put("not sent", dropped);
    }
    return failures.isEmpty()
        ? "-"
        : failures.entrySet().stream()
            .map(entry -> entry.getValue() + " " + entry.getKey())
            .collect(Collectors.joining(", "));
  }
}
