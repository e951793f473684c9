package accounts.bench.speed;

import accounts.bench.load.Report;
import java.util.Map;
import java.util.function.ToDoubleFunction;

/** What the service has to reach next to its baselines. */
record Bounds(Map<Kind, Measured> results) {

  /** As many; the counters of two processes are not read in the same moment. */
  private static final double MOST_GETS = 1.03;

  private static final double MOST_ROUND_TRIPS = 1.25;
  private static final long MOST_MEBIBYTES = 256;
  private static final double MOST_UNEXPECTED = 0.01;

  /** Adds a check for each bound of which both sides were measured. */
  void judge(Report report) {
    atLeast("throughput", Measured::perSecond, Kind.BOUNDED, 0.90, Kind.ECHO, report);
    atMost("processor time", Measured::micros, Kind.BOUNDED, 1.25, Kind.ECHO, report);
    atMost("allocation", Measured::bytes, Kind.BOUNDED, 1.3, Kind.ECHO, report);
    atMost("processor time", Measured::micros, Kind.FRESH, 1.2, Kind.RELAY, report);
    atMost("p50 at half load", Measured::p50, Kind.FRESH, 1.1, Kind.RELAY, report);
    atMost("p50 at the same rate", Measured::p50AtSameRate, Kind.FRESH, 1.1, Kind.RELAY, report);
    atMost("processor time", Measured::micros, Kind.TOKEN, 1.15, Kind.FRESH, report);
    atMost("processor time", Measured::micros, Kind.STORE, 1.15, Kind.GET_ITEM, report);
    atMost("processor time", Measured::micros, Kind.BATCH, 3, Kind.FRESH, report);
    atMost("processor time", Measured::micros, Kind.FRESH, 1, Kind.BEFORE_FRESH, report);
    atMost("processor time", Measured::micros, Kind.BOUNDED, 1, Kind.BEFORE_BOUNDED, report);
    atLeast("throughput", Measured::perSecond, Kind.BOUNDED, 10, Kind.NODE, report);
    atLeast("throughput", Measured::perSecond, Kind.FRESH, 4, Kind.NODE, report);
    atMost("gets of Momento", m -> m.units().gets(), Kind.FRESH, MOST_GETS, Kind.NODE, report);
    results.forEach((kind, measured) -> judgeAnswers(kind, measured, report));
  }

  private void atMost(
      String what,
      ToDoubleFunction<Measured> figure,
      Kind kind,
      double most,
      Kind baseline,
      Report report) {
    double times = times(figure, kind, baseline);
    if (Double.isFinite(times)) {
      report.check(
          times <= most,
          "%s, %s: %.2f times that of %s (expected: %.2f at most)"
              .formatted(kind.title(), what, times, baseline.title(), most));
    }
  }

  private void atLeast(
      String what,
      ToDoubleFunction<Measured> figure,
      Kind kind,
      double least,
      Kind baseline,
      Report report) {
    double times = times(figure, kind, baseline);
    if (Double.isFinite(times)) {
      report.check(
          times >= least,
          "%s, %s: %.2f times that of %s (expected: %.2f at least)"
              .formatted(kind.title(), what, times, baseline.title(), least));
    }
  }

  private double times(ToDoubleFunction<Measured> figure, Kind kind, Kind baseline) {
    Measured one = results.get(kind);
    Measured other = results.get(baseline);
    return one == null || other == null
        ? Double.NaN
        : figure.applyAsDouble(one) / figure.applyAsDouble(other);
  }

  private static void judgeAnswers(Kind kind, Measured measured, Report report) {
    double most = kind == Kind.MISS ? 0.1 : MOST_UNEXPECTED;
    if (measured.unexpected() > most) {
      report.check(
          false,
          "%s: %.2f %% failed or from somewhere else (expected: %.0f %% at most)"
              .formatted(kind.title(), 100 * measured.unexpected(), 100 * most));
    }
  }

  static void judgeLookUps(double roundTrips, Report report) {
    report.check(
        roundTrips <= MOST_ROUND_TRIPS,
        "%s: waits for %.2f round trips of the cache, for its look-ups (expected: %.2f at most)"
            .formatted(Kind.ADD.title(), roundTrips, MOST_ROUND_TRIPS));
  }

  /**
   * Adds the check of the memory.
   *
   * @param of what was started: the image, or this build's classes
   */
  static void judgeMemory(String of, long mebibytes, Report report) {
    report.check(
        mebibytes <= MOST_MEBIBYTES,
        "10,000 FRESH hits/s, %s: %d MiB resident (expected: %d at most)"
            .formatted(of, mebibytes, MOST_MEBIBYTES));
  }
}
