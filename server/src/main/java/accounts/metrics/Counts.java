package accounts.metrics;

import io.prometheus.metrics.core.datapoints.CounterDataPoint;
import io.prometheus.metrics.core.metrics.Counter;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;

/**
 * A counter labelled by an enum. All its series exist from the start, at 0, so that the first event
 * shows as an increase.
 */
final class Counts<E extends Enum<E>> {

  private final Map<E, CounterDataPoint> points;

  /**
   * @param counter whose last label is the kind
   * @param labels the values of its labels before
   */
  Counts(Counter counter, Class<E> kinds, String... labels) {
    points = new EnumMap<>(kinds);
    for (E kind : kinds.getEnumConstants()) {
      String[] values = java.util.Arrays.copyOf(labels, labels.length + 1);
      values[labels.length] = label(kind);
      points.put(kind, counter.labelValues(values));
    }
  }

  static String label(Enum<?> kind) {
    return kind.name().toLowerCase(Locale.ROOT);
  }

  void add(E kind) {
    CounterDataPoint point = points.get(kind);
    if (point != null) { // always: the constructor knows them all
      point.inc();
    }
  }
}
