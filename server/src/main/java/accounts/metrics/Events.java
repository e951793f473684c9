package accounts.metrics;

import io.prometheus.metrics.core.metrics.Counter;
import io.prometheus.metrics.model.registry.PrometheusRegistry;

/** Creates counters. */
final class Events {

  private Events() {}

  static Counter counter(
      PrometheusRegistry registry, String name, String help, String... labelNames) {
    return Counter.builder()
        .name(name + "_total")
        .help(help)
        .labelNames(labelNames)
        // Asking for the current span with each count would cost, and counters of a whole process
        // have no span of their own to show.
        .withoutExemplars()
        .register(registry);
  }
}
