package accounts.audit;

import io.prometheus.metrics.core.metrics.Counter;
import io.prometheus.metrics.core.metrics.Histogram;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.time.Duration;

/** Metrics of the auditors: samples compared, stale answers found. */
public final class AuditMetrics {

  private static final double NANOS = 1e9;
  private static final double[] SECONDS = {0.1, 0.5, 1, 2.5, 5, 10, 20, 30, 60};

  private final Counter samples;
  private final Counter dropped;
  private final Counter stale;
  private final Counter behindHints;
  private final Histogram ages;

  /** Registers the metrics, all at 0. */
  public AuditMetrics(PrometheusRegistry registry) {
    samples =
        counter(registry, "accounts_audit_samples", "Cached answers compared with the store.");
    dropped =
        counter(
            registry,
            "accounts_audit_dropped",
            "Samples not compared: too many in flight, or the store did not answer.");
    stale =
        counter(
            registry,
            "accounts_audit_stale",
            "Samples that were stale, and still were after the longest time that a write may take.");
    behindHints =
        counter(
            registry,
            "accounts_audit_behind_hints",
            "Cached answers older than a hint received before their read began.");
    ages =
        Histogram.builder()
            .name("accounts_audit_stale_age_seconds")
            .help("How long stale answers stayed stale, watched for at most a minute.")
            .classicOnly()
            .classicUpperBounds(SECONDS)
            .register(registry);
  }

  private static Counter counter(PrometheusRegistry registry, String name, String help) {
    return Counter.builder().name(name + "_total").help(help).register(registry);
  }

  void sampled() {
    samples.inc();
  }

  void dropped() {
    dropped.inc();
  }

  void stale() {
    stale.inc();
  }

  void behindHint() {
    behindHints.inc();
  }

  void staleFor(Duration age) {
    ages.observe(age.toNanos() / NANOS);
  }
}
