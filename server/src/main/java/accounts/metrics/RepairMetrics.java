package accounts.metrics;

import accounts.repair.RepairObserver;
import io.prometheus.metrics.core.metrics.Counter;
import io.prometheus.metrics.model.registry.PrometheusRegistry;

/** Counts what the repair does. */
final class RepairMetrics implements RepairObserver {

  private final Counter records;
  private final Counter cells;
  private final Counter changes;
  private final Counter notices;
  private final Counter shards;

  RepairMetrics(PrometheusRegistry registry) {
    this.records =
        Events.counter(
            registry, "accounts_repair_records", "Records of the table's stream handled here.");
    this.cells =
        Events.counter(
            registry,
            "accounts_repair_cells",
            "Cells that the repair checked, whether they had to be changed or not.");
    this.changes =
        Events.counter(
            registry,
            "accounts_feed_changes",
            "Changes appended here to the feed that watches read.");
    this.notices =
        Events.counter(
            registry,
            "accounts_repair_notices",
            "Notices handled here, of writers that could not reach the cache.");
    this.shards =
        Events.counter(
            registry,
            "accounts_repair_shards_given_up",
            "Shards of the stream given up for other instances to read.");
  }

  @Override
  public void handled(int count) {
    records.inc(count);
  }

  @Override
  public void settled(int count) {
    cells.inc(count);
  }

  @Override
  public void appended(int count) {
    changes.inc(count);
  }

  @Override
  public void noticeDone() {
    notices.inc();
  }

  @Override
  public void shardGivenUp() {
    shards.inc();
  }
}
