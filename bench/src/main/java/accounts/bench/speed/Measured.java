package accounts.bench.speed;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.ToDoubleFunction;

/** What all rounds of one case showed: medians of the rounds. For one thread. */
final class Measured {

  static final double HALF = 0.5;

  private final List<Throughput> closed = new ArrayList<>();
  private final Map<Double, List<Latency>> open = new TreeMap<>();
  private final List<Latency> atSameRate = new ArrayList<>();

  void add(Throughput round) {
    closed.add(round);
  }

  /**
   * @param load the share of the highest throughput
   */
  void add(double load, Latency round) {
    open.computeIfAbsent(load, ignored -> new ArrayList<>()).add(round);
  }

  /** Adds a round at the rate of half of the baseline's highest throughput. */
  void addAtSameRate(Latency round) {
    atSameRate.add(round);
  }

  double perSecond() {
    return median(closed, Throughput::perSecond);
  }

  double micros() {
    return median(closed, Throughput::micros);
  }

  double bytes() {
    return median(closed, Throughput::bytes);
  }

  double unexpected() {
    return median(closed, Throughput::unexpected);
  }

  /** Returns what is paid for a call, in the round in the middle. */
  Units units() {
    return closed.isEmpty() ? Units.NONE : closed.get(closed.size() / 2).units();
  }

  /** Returns the loads for which there are latencies, lowest first. */
  List<Double> loads() {
    return List.copyOf(open.keySet());
  }

  /** Returns the latencies at a load; all 0 if it was not measured. */
  Latency at(double load) {
    return median(open.getOrDefault(load, List.of()));
  }

  /** Returns the p50 at half of its own throughput, in microseconds. */
  double p50() {
    return at(HALF).p50();
  }

  /** Returns the p50 at half of the baseline's throughput, of the baseline itself, too. */
  double p50AtSameRate() {
    return atSameRate().map(Latency::p50).orElseGet(this::p50);
  }

  /** Returns the latencies at the baseline's rate; empty if they were not measured. */
  Optional<Latency> atSameRate() {
    return atSameRate.isEmpty() ? Optional.empty() : Optional.of(median(atSameRate));
  }

  private static Latency median(List<Latency> rounds) {
    return new Latency(
        median(rounds, Latency::p50),
        median(rounds, Latency::p99),
        median(rounds, Latency::p999),
        rounds.stream().mapToLong(Latency::calls).sum());
  }

  private static <T> double median(List<T> rounds, ToDoubleFunction<T> value) {
    double[] sorted = rounds.stream().mapToDouble(value).sorted().toArray();
    int middle = sorted.length / 2;
    if (sorted.length == 0) {
      return 0;
    }
    return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
  }
}
