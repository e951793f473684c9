package accounts.metrics;

import accounts.read.ReadObserver;
import accounts.service.Consistency;
import accounts.service.ReadOptions;
import accounts.service.ReadResults;
import accounts.service.Source;
import io.prometheus.metrics.core.metrics.Counter;
import io.prometheus.metrics.model.registry.PrometheusRegistry;

/** Counts answers by source, and how concurrent readers of one key shared loads. */
final class ReadMetrics implements ReadObserver {

  private enum Role {
    /** A shared lookup began. */
    LED,
    /** A caller shared another's lookup. */
    COALESCED,
    /** A lookup found another instance reading the store, and waits for it. */
    AWAITED
  }

  private final Counts<Source> fresh;
  private final Counts<Source> bounded;
  private final Counts<Source> store;
  private final Counts<Role> loads;

  ReadMetrics(PrometheusRegistry registry) {
    Counter answers =
        Events.counter(
            registry,
            "accounts_answers",
            "Answers by requested consistency and by source, one for each key.",
            "consistency",
            "source");
    this.fresh = new Counts<>(answers, Source.class, Counts.label(Consistency.FRESH));
    this.bounded = new Counts<>(answers, Source.class, Counts.label(Consistency.BOUNDED));
    this.store = new Counts<>(answers, Source.class, Counts.label(Consistency.STORE));
    this.loads =
        new Counts<>(
            Events.counter(
                registry,
                "accounts_loads",
                "Shared lookups of single keys: started, callers that joined one,"
                    + " and loads that waited for another instance's.",
                "role"),
            Role.class);
  }

  @Override
  public void answered(ReadOptions options, ReadResults results) {
    Counts<Source> counts = counts(options.consistency());
    results.forEach((key, result) -> counts.add(result.source()));
  }

  private Counts<Source> counts(Consistency consistency) {
    return switch (consistency) {
      case FRESH -> fresh;
      case BOUNDED -> bounded;
      case STORE -> store;
    };
  }

  @Override
  public void loadStarted() {
    loads.add(Role.LED);
  }

  @Override
  public void loadJoined() {
    loads.add(Role.COALESCED);
  }

  @Override
  public void loadAwaited() {
    loads.add(Role.AWAITED);
  }
}
