package accounts.metrics;

import io.prometheus.metrics.core.datapoints.DistributionDataPoint;
import io.prometheus.metrics.core.metrics.Histogram;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.util.EnumMap;
import java.util.Map;

/**
 * How long the calls of another system take, by call and result. All series exist from the start.
 *
 * @param <C> the calls
 * @param <R> their results
 */
final class CallTimes<C extends Enum<C>, R extends Enum<R>> {

  private static final double NANOS = 1e9;
  private static final double[] SECONDS = {
    0.0005, 0.001, 0.002, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5
  };

  private final Map<C, Map<R, DistributionDataPoint>> points;

  CallTimes(
      PrometheusRegistry registry, String name, String help, Class<C> calls, Class<R> results) {
    Histogram histogram =
        Histogram.builder()
            .name(name)
            .help(help)
            .labelNames("call", "result")
            .classicOnly()
            .classicUpperBounds(SECONDS)
            // The clients' threads have no current span.
            .withoutExemplars()
            .register(registry);
    points = new EnumMap<>(calls);
    for (C call : calls.getEnumConstants()) {
      Map<R, DistributionDataPoint> ofCall = new EnumMap<>(results);
      for (R result : results.getEnumConstants()) {
        ofCall.put(result, histogram.labelValues(Counts.label(call), Counts.label(result)));
      }
      points.put(call, ofCall);
    }
  }

  /**
   * Adds a call that has ended.
   *
   * @param began {@link System#nanoTime} when it began
   */
  void add(C call, R result, long began) {
    Map<R, DistributionDataPoint> ofCall = points.get(call);
    DistributionDataPoint point = ofCall == null ? null : ofCall.get(result);
    if (point != null) { // always: the constructor knows them all
      point.observe((System.nanoTime() - began) / NANOS);
    }
  }
}
