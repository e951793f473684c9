package accounts.metrics;

import accounts.cache.CellCache;
import accounts.domain.EntityKey;
import accounts.domain.Revision;
import accounts.freshness.Barrier;
import accounts.freshness.EpochLease;
import accounts.freshness.InvalidationHints;
import accounts.read.ReadObserver;
import accounts.repair.RepairObserver;
import accounts.store.AccountStore;
import accounts.store.AdmissionQueue;
import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.grpc.ServerInterceptor;
import io.prometheus.metrics.core.metrics.Counter;
import io.prometheus.metrics.core.metrics.GaugeWithCallback;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.function.Supplier;

/**
 * Everything that is counted, each thing by a decorator or an observer that the wiring puts in its
 * place. Labels have few values, all known beforehand, and none that tells who was asked for.
 * {@code docs/operations.md} lists the metrics.
 */
public final class Metrics {

  private static final double NANOS = 1e9;

  private final PrometheusRegistry registry = new PrometheusRegistry();
  private final Counter cells = MeteredCache.cells(registry);
  private final Counter swaps = MeteredCache.swaps(registry);
  private final RepairObserver repair = new RepairMetrics(registry);

  /** Returns what the admin port serves. */
  public PrometheusRegistry registry() {
    return registry;
  }

  /**
   * Counts what cells hold and what becomes of changing them.
   *
   * @param user who uses the cache
   */
  public CellCache metered(CellCache cache, String user) {
    return new MeteredCache(cache, cells, swaps, user);
  }

  /** Counts the store's calls by how they end, refused ones among them. */
  public AccountStore metered(AccountStore store) {
    return new MeteredStore(store, registry);
  }

  /** Counts epochs raised. */
  public Barrier metered(Barrier barrier) {
    return new MeteredBarrier(barrier, registry);
  }

  /** Returns who hears where answers come from. */
  public ReadObserver reads() {
    return new ReadMetrics(registry);
  }

  /** Returns who hears what the repair does. */
  public RepairObserver repair() {
    return repair;
  }

  /** Counts hints given. */
  public InvalidationHints metered(InvalidationHints hints) {
    Counter given =
        Events.counter(registry, "accounts_hints_given", "Keys that hints were given of.");
    return keys -> {
      given.inc(keys.size());
      hints.changed(keys);
    };
  }

  /** Counts hints heard. */
  public BiConsumer<EntityKey<?>, Revision> heard(BiConsumer<EntityKey<?>, Revision> changed) {
    Counter heard =
        Events.counter(registry, "accounts_hints_heard", "Hints heard, its own included.");
    return (key, revision) -> {
      heard.inc();
      changed.accept(key, revision);
    };
  }

  /** Counts how often hints may have been missed. */
  public Runnable missed(Runnable missed) {
    Counter gaps =
        Events.counter(
            registry, "accounts_hints_gaps", "Times that hints may have been missed, starts too.");
    return () -> {
      gaps.inc();
      missed.run();
    };
  }

  /** Returns what counts and times gRPC calls. */
  public ServerInterceptor calls() {
    return new MeteredCalls(registry);
  }

  /** Shows whether the cache may be believed. */
  public void show(EpochLease lease) {
    GaugeWithCallback.builder()
        .name("accounts_epoch_lease_lapsed")
        .help("1 while this instance does not know the epochs and believes no cached answer.")
        .callback(value -> value.call(lease.view().isPresent() ? 0 : 1))
        .register(registry);
  }

  /**
   * Shows how many calls of DynamoDB run and wait, and how many may run.
   *
   * @param queues by what they are for
   */
  public void show(Map<String, AdmissionQueue> queues) {
    GaugeWithCallback.builder()
        .name("accounts_store_admission")
        .help("Calls of DynamoDB that run and that wait for a place, and how many may run now.")
        .labelNames("calls", "state")
        .callback(value ->
            queues.forEach((calls, queue) -> {
              value.call(queue.running(), calls, "running");
              value.call(queue.waiting(), calls, "waiting");
              value.call(queue.limit(), calls, "limit");
            }))
        .register(registry);
  }

  /** Shows how far the repair is behind the table's stream. */
  public void showRepairLag(Supplier<Duration> lag) {
    GaugeWithCallback.builder()
        .name("accounts_repair_lag_seconds")
        .help("How old the newest change is that the repair here has dealt with; 0: none waits.")
        .callback(value -> value.call(lag.get().toNanos() / NANOS))
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
