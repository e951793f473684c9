package accounts.metrics;

import accounts.async.CallScope;
import accounts.domain.EntityKey;
import accounts.freshness.Barrier;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.util.Collection;
import java.util.concurrent.CompletableFuture;

/** Counts how often writers had to raise epochs because the cache was unreachable. */
final class MeteredBarrier implements Barrier {

  private enum Result {
    RAISED,
    FAILED
  }

  private final Barrier barrier;
  private final Counts<Result> raises;

  MeteredBarrier(Barrier barrier, PrometheusRegistry registry) {
    this.barrier = barrier;
    this.raises =
        new Counts<>(
            Events.counter(
                registry,
                "accounts_epoch_raises",
                "Writes that could not reach the cache and raised epochs instead.",
                "result"),
            Result.class);
  }

  @Override
  public CompletableFuture<Void> raise(Collection<EntityKey<?>> keys, CallScope scope) {
    return barrier
        .raise(keys, scope)
        .whenComplete(
            (nothing, failure) -> raises.add(failure == null ? Result.RAISED : Result.FAILED));
  }
}
