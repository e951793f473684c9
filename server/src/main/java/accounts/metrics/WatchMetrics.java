package accounts.metrics;

import accounts.watch.WatchEnd;
import accounts.watch.WatchObserver;
import io.prometheus.metrics.core.metrics.Counter;
import io.prometheus.metrics.core.metrics.Gauge;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.time.Duration;

/** Counts what watches do. */
final class WatchMetrics implements WatchObserver {

  private static final double NANOS = 1e9;

  private final Counter sent;
  private final Counts<WatchEnd> ends;
  private final Counter refused;
  private final Gauge delay;

  WatchMetrics(PrometheusRegistry registry) {
    this.sent =
        Events.counter(registry, "accounts_watch_changes", "Changes sent to those who watch.");
    this.ends =
        new Counts<>(
            Events.counter(
                registry, "accounts_watch_ends", "Watches that ended, by why.", "reason"),
            WatchEnd.class);
    this.refused =
        Events.counter(
            registry, "accounts_watch_refusals", "Watches refused, since there were too many.");
    this.delay =
        Gauge.builder()
            .name("accounts_watch_delay_seconds")
            .help("Age of the change that arrived last in the feed, when it arrived here.")
            .register(registry);
  }

  @Override
  public void sent(int changes) {
    sent.inc(changes);
  }

  @Override
  public void ended(WatchEnd end) {
    ends.add(end);
  }

  @Override
  public void refused() {
    refused.inc();
  }

  @Override
  public void arrived(Duration age) {
    delay.set(Math.max(0, age.toNanos() / NANOS));
  }
}
