package accounts.admin;

import accounts.async.CallScope;
import accounts.cache.AccountReads;
import accounts.cache.Consistency;
import accounts.cache.ForwardingReads;
import accounts.cache.ReadOptions;
import accounts.cache.Readings;
import accounts.cache.Source;
import accounts.domain.EntityKey;
import io.prometheus.metrics.core.metrics.Counter;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.util.Collection;
import java.util.concurrent.CompletableFuture;

/** Counts where answers come from. */
final class CountedReads implements ForwardingReads {

  private final AccountReads reads;
  private final Counts<Source> fresh;
  private final Counts<Source> bounded;
  private final Counts<Source> store;

  CountedReads(AccountReads reads, PrometheusRegistry registry) {
    this.reads = reads;
    Counter answers =
        Events.counter(
            registry,
            "accounts_answers",
            "Answers by what was asked and where they came from, one for each key.",
            "consistency",
            "source");
    this.fresh = new Counts<>(answers, Source.class, Counts.label(Consistency.FRESH));
    this.bounded = new Counts<>(answers, Source.class, Counts.label(Consistency.BOUNDED));
    this.store = new Counts<>(answers, Source.class, Counts.label(Consistency.STORE));
  }

  @Override
  public AccountReads reads() {
    return reads;
  }

  @Override
  public CompletableFuture<Readings> getAll(
      Collection<EntityKey<?>> keys, ReadOptions options, CallScope scope) {
    Counts<Source> counts = counts(options.consistency());
    return reads
        .getAll(keys, options, scope)
        .thenApply(readings -> {
          keys.forEach(key -> counts.add(readings.get(key).source()));
          return readings;
        });
  }

  private Counts<Source> counts(Consistency consistency) {
    return switch (consistency) {
      case FRESH -> fresh;
      case BOUNDED -> bounded;
      case STORE -> store;
    };
  }
}
