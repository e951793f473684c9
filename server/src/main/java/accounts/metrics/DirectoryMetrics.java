package accounts.metrics;

import accounts.service.DirectoryObserver;
import accounts.store.DirectoryRound;
import io.prometheus.metrics.core.metrics.Counter;
import io.prometheus.metrics.core.metrics.Gauge;
import io.prometheus.metrics.model.registry.PrometheusRegistry;

/** Shows whether lists have all users and organizations, and counts what is done about it. */
final class DirectoryMetrics implements DirectoryObserver {

  private final Gauge incomplete;
  private final Counter steps;
  private final Counter entered;

  DirectoryMetrics(PrometheusRegistry registry) {
    this.incomplete =
        Gauge.builder()
            .name("accounts_directory_incomplete")
            .help("1 while lists of users and organizations may lack some, as this instance knows.")
            .register(registry);
    this.steps =
        Events.counter(
            registry,
            "accounts_directory_steps",
            "Steps made here of the search for accounts that no list has.");
    this.entered =
        Events.counter(
            registry,
            "accounts_directory_entered",
            "Users and organizations that no list had, and that were entered in the directory here.");
    incomplete.set(Double.NaN); // not known yet
  }

  @Override
  public void seen(DirectoryRound round) {
    incomplete.set(round.isComplete() ? 0 : 1);
  }

  @Override
  public void stepped() {
    steps.inc();
  }

  @Override
  public void entered() {
    entered.inc();
  }
}
