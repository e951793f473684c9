package accounts.admin;

import accounts.cache.AccountCache;
import accounts.cache.AccountReads;
import accounts.cache.Barrier;
import accounts.cache.EpochLease;
import accounts.cache.Hints;
import accounts.cache.LoadObserver;
import accounts.domain.EntityKey;
import accounts.store.AccountStore;
import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.grpc.ServerInterceptor;
import io.prometheus.metrics.core.metrics.GaugeWithCallback;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.util.List;
import java.util.function.Consumer;

/**
 * Everything that is counted, each thing by a wrapper that the wiring puts around what does it.
 * Labels have few values, all known beforehand, and none that tells who was asked for. {@code
 * docs/operations.md} lists the metrics.
 */
public final class Metrics {

  private final PrometheusRegistry registry = new PrometheusRegistry();
  private final LoadCounts loads = new LoadCounts(registry);

  /** Returns what the admin port serves. */
  public PrometheusRegistry registry() {
    return registry;
  }

  /** Counts what the cache answers. */
  public AccountCache counted(AccountCache cache) {
    return new CountedCache(cache, loads, registry);
  }

  /** Counts the store's calls by how they end, refused ones among them. */
  public AccountStore counted(AccountStore store) {
    return new CountedStore(store, registry);
  }

  /** Counts epochs raised. */
  public Barrier counted(Barrier barrier) {
    return new CountedBarrier(barrier, registry);
  }

  /** Counts where answers come from. */
  public AccountReads counted(AccountReads reads) {
    return new CountedReads(reads, registry);
  }

  /** Counts hints given. */
  public Hints counted(Hints hints) {
    var given = Events.counter(registry, "accounts_hints_given", "Keys that hints were given of.");
    return keys -> {
      given.inc(keys.size());
      hints.changed(keys);
    };
  }

  /** Counts hints heard. */
  public Consumer<EntityKey<?>> heard(Consumer<EntityKey<?>> changed) {
    var heard = Events.counter(registry, "accounts_hints_heard", "Hints heard, its own included.");
    return key -> {
      heard.inc();
      changed.accept(key);
    };
  }

  /** Counts how often hints may have been missed. */
  public Runnable missed(Runnable missed) {
    var gaps =
        Events.counter(
            registry, "accounts_hints_gaps", "Times that hints may have been missed, starts too.");
    return () -> {
      gaps.inc();
      missed.run();
    };
  }

  /** Returns who hears how callers came by their loads. */
  public LoadObserver loads() {
    return loads;
  }

  /** Returns what counts and times gRPC calls. */
  public ServerInterceptor calls() {
    return new CountedCalls(registry);
  }

  /** Shows whether the cache may be gone by. */
  public void show(EpochLease lease) {
    GaugeWithCallback.builder()
        .name("accounts_epoch_lease_lapsed")
        .help("1 while this instance does not know the epochs and goes by no cache.")
        .callback(value -> value.call(lease.epochs().isPresent() ? 0 : 1))
        .register(registry);
  }

  /** Shows whether the cache is being asked. */
  public void show(CircuitBreaker breaker) {
    GaugeWithCallback.builder()
        .name("accounts_cache_breaker_state")
        .help("1 for the state that the circuit breaker before the cache is in.")
        .labelNames("state")
        .callback(value ->
            List.of(
                    CircuitBreaker.State.CLOSED,
                    CircuitBreaker.State.OPEN,
                    CircuitBreaker.State.HALF_OPEN)
                .forEach(
                    state -> value.call(breaker.getState() == state ? 1 : 0, Counts.label(state))))
        .register(registry);
  }
}
