package accounts.audit;

import io.prometheus.metrics.model.registry.PrometheusRegistry;
import io.prometheus.metrics.model.snapshots.CounterSnapshot;
import io.prometheus.metrics.model.snapshots.HistogramSnapshot;
import io.prometheus.metrics.model.snapshots.MetricSnapshot;

/** What {@link AuditMetrics} shows. */
record AuditCounts(PrometheusRegistry registry) {

  double of(String name) {
    return ((CounterSnapshot) metric(name)).getDataPoints().getFirst().getValue();
  }

  /** Returns how many stale answers were watched to their end. */
  long staleAges() {
    HistogramSnapshot ages = (HistogramSnapshot) metric("accounts_audit_stale_age_seconds");
    return ages.getDataPoints().stream().mapToLong(point -> point.getCount()).sum();
  }

  private MetricSnapshot metric(String name) {
    return registry.scrape().stream()
        .filter(metric -> metric.getMetadata().getName().equals(name))
        .findFirst()
        .orElseThrow();
  }
}
