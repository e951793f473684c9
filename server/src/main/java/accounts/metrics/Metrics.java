package accounts.metrics;

import accounts.cache.CellCache;
import accounts.domain.EntityKey;
import accounts.domain.Revision;
import accounts.freshness.Barrier;
import accounts.freshness.EpochLease;
import accounts.freshness.InvalidationHints;
import accounts.overload.CallAdmission;
import accounts.overload.LoadLimit;
import accounts.overload.Priority;
import accounts.read.ReadObserver;
import accounts.repair.RepairObserver;
import accounts.service.AccessDecision;
import accounts.service.DirectoryObserver;
import accounts.store.AccountStore;
import accounts.store.AdmissionQueue;
import accounts.store.NoticeStore;
import accounts.watch.WatchObserver;
import accounts.watch.Watches;
import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.grpc.ServerBuilder;
import io.prometheus.metrics.core.metrics.Counter;
import io.prometheus.metrics.core.metrics.CounterWithCallback;
import io.prometheus.metrics.core.metrics.GaugeWithCallback;
import io.prometheus.metrics.instrumentation.jvm.JvmMetrics;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * All metrics of the server, recorded by decorators and observers that the wiring puts in place.
 * Label values are few and known in advance, and never contain names. {@code docs/operations.md}
 * lists the metrics.
 */
public final class Metrics {

  private static final double NANOS = 1e9;

  private final PrometheusRegistry registry = new PrometheusRegistry();
  private final Counter cells = MeteredCache.cells(registry);
  private final Counter swaps = MeteredCache.swaps(registry);
  private final TimedCache.Times momento = new TimedCache.Times(registry);
  private final RepairObserver repair = new RepairMetrics(registry);

  /** Registers the metrics of the JVM and the process. */
  public void showJvm() {
    JvmMetrics.builder().register(registry);
  }

  /** Returns the registry that the admin port serves. */
  public PrometheusRegistry registry() {
    return registry;
  }

  /**
   * Returns the cache with its reads and changes counted.
   *
   * @param user the label of its user: reader or writer
   */
  public CellCache metered(CellCache cache, String user) {
    return new MeteredCache(cache, cells, swaps, user);
  }

  /** Returns the cache with its calls timed; to be put around Momento itself. */
  public CellCache timed(CellCache cache) {
    return new TimedCache(cache, momento);
  }

  /** Returns the store with its calls timed; to be put around DynamoDB itself. */
  public AccountStore timed(AccountStore store) {
    return new TimedStore(store, registry);
  }

  /** Returns the notices with those left counted. */
  public NoticeStore metered(NoticeStore notices) {
    return new MeteredNotices(notices, registry);
  }

  /** Returns the store with its calls counted by result, those shed included. */
  public AccountStore metered(AccountStore store) {
    return new MeteredStore(store, registry);
  }

  /** Returns the barrier with its raises counted. */
  public Barrier metered(Barrier barrier) {
    return new MeteredBarrier(barrier, registry);
  }

  /** Returns the observer that counts reads by source. */
  public ReadObserver reads() {
    return new ReadMetrics(registry);
  }

  /** Returns what counts answers to checks of access. */
  public Consumer<AccessDecision> access() {
    Counts<AccessDecision.Reason> checks =
        new Counts<>(
            Events.counter(
                registry, "accounts_access_checks", "Checks of access by their answer.", "reason"),
            AccessDecision.Reason.class);
    return decision -> checks.add(decision.reason());
  }

  /** Returns the observer that counts the repair's work. */
  public RepairObserver repair() {
    return repair;
  }

  /** Returns what counts deletions that others had left and that were finished here. */
  public Runnable sweptDeletions() {
    Counter swept =
        Events.counter(
            registry,
            "accounts_deletions_swept",
            "Deletions that were left unfinished, and were finished here.");
    return swept::inc;
  }

  /** Returns the observer that shows whether lists have all users and organizations. */
  public DirectoryObserver directory() {
    return new DirectoryMetrics(registry);
  }

  /** Returns the observer that counts what watches do. */
  public WatchObserver watches() {
    return new WatchMetrics(registry);
  }

  /** Registers the gauge of open watches. */
  public void show(Watches watches) {
    GaugeWithCallback.builder()
        .name("accounts_watches")
        .help("Open watches.")
        .callback(value -> value.call(watches.number()))
        .register(registry);
  }

  /** Returns the hints with those published counted. */
  public InvalidationHints metered(InvalidationHints hints) {
    Counter given =
        Events.counter(
            registry, "accounts_hints_published", "Keys published in invalidation hints.");
    return keys -> {
      given.inc(keys.size());
      hints.changed(keys);
    };
  }

  /** Returns a receiver of hints that counts them. */
  public BiConsumer<EntityKey<?>, Revision> heard(BiConsumer<EntityKey<?>, Revision> changed) {
    Counter heard =
        Events.counter(
            registry,
            "accounts_hints_received",
            "Invalidation hints received, including the instance's own.");
    return (key, revision) -> {
      heard.inc();
      changed.accept(key, revision);
    };
  }

  /** Returns a handler that counts how often hints may have been missed. */
  public Runnable missed(Runnable missed) {
    Counter gaps =
        Events.counter(
            registry,
            "accounts_hints_gaps",
            "Times that hints may have been missed, each new subscription included.");
    return () -> {
      gaps.inc();
      missed.run();
    };
  }

  /**
   * Counts and times a server's calls.
   *
   * @param traced whether calls may have spans; what makes them current is to be added after this
   */
  public void observe(ServerBuilder<?> server, boolean traced) {
    server.addStreamTracerFactory(new MeteredCalls(registry, traced));
    if (traced) {
      server.intercept(MeteredCalls.examples());
    }
  }

  /**
   * Registers the gauges that show whether this instance has a valid lease, and so may use the
   * cache, and how old the epochs are that it knows.
   */
  public void show(EpochLease lease) {
    GaugeWithCallback.builder()
        .name("accounts_epoch_lease_lapsed")
        .help("1 while this instance has no valid lease on the epochs and does not use the cache.")
        .callback(value -> value.call(lease.view().isPresent() ? 0 : 1))
        .register(registry);
    GaugeWithCallback.builder()
        .name("accounts_epoch_age_seconds")
        .help("Age of the epochs that this instance knows, counted from when their read began.")
        .callback(
            value -> value.call(lease.age().map(age -> age.toNanos() / NANOS).orElse(Double.NaN)))
        .register(registry);
  }

  /** Returns what counts calls that are shed. */
  public Consumer<Priority> shed() {
    Counter shed =
        Events.counter(
            registry,
            "accounts_calls_shed",
            "Calls refused because this instance, or their caller, had too many in progress.",
            "calls");
    for (Priority priority : Priority.values()) {
      shed.initLabelValues(Counts.label(priority));
    }
    return priority -> shed.labelValues(Counts.label(priority)).inc();
  }

  /** Registers the gauges of load shedding. */
  public void show(CallAdmission admission, LoadLimit limit) {
    GaugeWithCallback.builder()
        .name("accounts_call_units")
        .help(
            "Units of calls, each about the work of a single read: in progress, not read to the end, limits.")
        .labelNames("state")
        .callback(value -> {
          value.call(admission.units(), "running");
          value.call(admission.held() - admission.units(), "unread");
          value.call(limit.of(Priority.CHANGE), "limit");
          value.call(limit.of(Priority.BATCH), "limit_of_batches");
        })
        .register(registry);
  }

  /**
   * Registers the gauges of calls of DynamoDB in flight and waiting, and of the limit.
   *
   * @param queues by the kind of calls
   */
  public void showStore(Map<String, AdmissionQueue> queues) {
    GaugeWithCallback.builder()
        .name("accounts_store_admission")
        .help("Calls of DynamoDB running and waiting, and the current limit.")
        .labelNames("calls", "state")
        .callback(value ->
            queues.forEach((calls, queue) -> {
              value.call(queue.running(), calls, "running");
              value.call(queue.waiting(), calls, "waiting");
              value.call(queue.limit(), calls, "limit");
            }))
        .register(registry);
  }

  /**
   * Registers the counter of what found no place, nor room to wait for one.
   *
   * @param queues by the kind of calls
   */
  public void showRefused(Map<String, AdmissionQueue> queues) {
    CounterWithCallback.builder()
        .name("accounts_queue_refused")
        .help("Calls of DynamoDB, and lookups in the cache, that found no place in time.")
        .labelNames("calls")
        .callback(
            value -> queues.forEach((calls, queue) -> value.call((double) queue.shed(), calls)))
        .register(registry);
  }

  /** Registers the gauge of lookups in the cache in flight and waiting. */
  public void showLookups(AdmissionQueue queue) {
    GaugeWithCallback.builder()
        .name("accounts_cache_lookups")
        .help("Lookups in the cache running and waiting, and how many may run.")
        .labelNames("state")
        .callback(value -> {
          value.call(queue.running(), "running");
          value.call(queue.waiting(), "waiting");
          value.call(queue.limit(), "limit");
        })
        .register(registry);
  }

  /** Registers the gauge that shows how far the repair is behind the table's stream. */
  public void showRepairLag(Supplier<Duration> lag) {
    GaugeWithCallback.builder()
        .name("accounts_repair_lag_seconds")
        .help(
            "Age of the oldest change that the repair here may still have to handle; 0 if there is none.")
        .callback(value -> value.call(lag.get().toNanos() / NANOS))
        .register(registry);
  }

  /** Registers the gauge that shows how far the feed is behind the repair. */
  public void showFeedLag(Supplier<Duration> lag) {
    GaugeWithCallback.builder()
        .name("accounts_feed_lag_seconds")
        .help(
            "Age of the oldest change here that is not in the feed that watches read; 0 if all are.")
        .callback(value -> value.call(lag.get().toNanos() / NANOS))
        .register(registry);
  }

  /** Registers the gauge that shows the state of the circuit breaker. */
  public void show(CircuitBreaker breaker) {
    GaugeWithCallback.builder()
        .name("accounts_cache_breaker_state")
        .help("1 for the current state of the circuit breaker for the cache.")
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
