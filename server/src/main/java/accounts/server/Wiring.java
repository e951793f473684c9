package accounts.server;

import accounts.admin.AdminServer;
import accounts.async.CallScope;
import accounts.audit.AuditMetrics;
import accounts.audit.Auditor;
import accounts.audit.HintAuditor;
import accounts.cache.CellAnswer;
import accounts.cache.CellCache;
import accounts.cache.CellKey;
import accounts.cache.CircuitBreakingCache;
import accounts.cache.momento.CellCodec;
import accounts.cache.momento.MomentoCellCache;
import accounts.cache.momento.MomentoHints;
import accounts.domain.EntityKey;
import accounts.domain.EntityKey.UserKey;
import accounts.domain.Revision;
import accounts.domain.Username;
import accounts.freshness.AnnouncedCommits;
import accounts.freshness.Barrier;
import accounts.freshness.CellReads;
import accounts.freshness.CellStep;
import accounts.freshness.CommitStep;
import accounts.freshness.EpochBarrier;
import accounts.freshness.EpochLease;
import accounts.freshness.EpochRenewal;
import accounts.freshness.Escalation;
import accounts.freshness.FleetGuard;
import accounts.freshness.InvalidationHints;
import accounts.freshness.Minter;
import accounts.freshness.Notices;
import accounts.grpc.AccountGrpcService;
import accounts.grpc.Calls;
import accounts.grpc.ErrorTable;
import accounts.grpc.GrpcServer;
import accounts.metrics.Metrics;
import accounts.read.NearCache;
import accounts.read.ReadAside;
import accounts.read.ReadObserver;
import accounts.read.ReadObservers;
import accounts.repair.Repairer;
import accounts.repair.dynamodb.StreamConsumer;
import accounts.server.config.Configuration;
import accounts.service.AccountQueries;
import accounts.service.CommitListener;
import accounts.service.EntityReader;
import accounts.service.MutationExecutor;
import accounts.store.AccountStore;
import accounts.store.AdmissionQueue;
import accounts.store.BoundedStore;
import accounts.store.FleetSettings;
import accounts.store.FleetStateStore;
import accounts.store.NoticeStore;
import accounts.store.dynamodb.DynamoDbAccountStore;
import accounts.store.dynamodb.DynamoDbFleetStateStore;
import accounts.store.dynamodb.DynamoDbNoticeStore;
import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig;
import java.io.IOException;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;

/** The server's objects, innermost first; the one class that knows all others. */
final class Wiring {

  private static final Duration NOTICE_AFTER = Duration.ofMillis(250);

  /** Two calls that time out: one that is merely slow must not raise an epoch. */
  private static final Duration SETTLE_LIMIT = Clients.WRITERS_TIMEOUT.multipliedBy(2);

  /**
   * How long the repair tries before it leaves its shards to an instance that reaches the cache.
   */
  private static final Duration REPAIR_TRY = Duration.ofMillis(300);

  /** What the repair asks the cache for, to see whether it answers. */
  private static final UserKey PROBE = new UserKey(new Username("repair-probe"));

  private static final int LEAST_READS = 16;
  private static final int LEAST_WRITES = 2;

  private static final int BREAKER_WINDOW_SECONDS = 5;
  private static final int BREAKER_CALLS = 20;
  private static final int BREAKER_TRIALS = 5;
  private static final Duration BREAKER_PAUSE = Duration.ofMillis(500);

  private final InstantSource clock = Clock.systemUTC();
  private final Metrics metrics = new Metrics();
  private final ScheduledExecutorService timer = timer("timer");
  private final ScheduledExecutorService epochTimer = timer("epochs");
  private final Configuration configuration;
  private final Clients clients;
  private final FleetGuard guard;
  private final EpochLease lease;
  private final EpochRenewal renewal;
  private final StreamConsumer repair;
  private final NearCache reads;
  private final Optional<HintAuditor> hintAuditor;
  private final MomentoHints hints;
  private final GrpcServer server;

  /**
   * @param tableId of the table that the clients lead to
   */
  Wiring(Configuration configuration, Clients clients, String tableId, Parts parts) {
    this.configuration = configuration;
    this.clients = clients;
    Configuration.Store stored = configuration.store();
    Configuration.Freshness fresh = configuration.freshness();

    FleetStateStore states =
        parts.states(
            new DynamoDbFleetStateStore(
                clients.epochs(),
                stored.table(),
                fresh.copies(),
                UUID.randomUUID(),
                stored.timeout()));
    Minter minter = new Minter(tableId, settings(), new SecureRandom());
    this.guard = new FleetGuard(states, minter, stored.timeout());
    this.lease = parts.lease(fresh.lease(), timer);
    this.renewal = new EpochRenewal(states, lease, minter, fresh.lease());
    Barrier barrier =
        metrics.metered(
            parts.barrier(
                new EpochBarrier(
                    states, minter, fresh.lease(), stored.timeout(), timer, System::nanoTime),
                states));

    CellCodec codec = parts.codec(parts.nonces());
    CellCache writersCells =
        metrics.metered(parts.writersCells(cells(codec, Clients.WRITERS_TIMEOUT)), "writer");
    CircuitBreaker breaker = breaker();
    Duration readersTimeout = configuration.cache().timeout();
    CellReads cellReads =
        new CellReads(
            readersCells(codec, readersTimeout, breaker, parts),
            readersCells(codec, Clients.WRITERS_TIMEOUT, breaker, parts),
            readersTimeout,
            lease);
    CellStep step = new CellStep(writersCells);

    AdmissionQueue storeReads = admission(LEAST_READS, stored.reads());
    AdmissionQueue storeWrites = admission(LEAST_WRITES, stored.writes());
    AccountStore store =
        metrics.metered(
            new BoundedStore(
                new DynamoDbAccountStore(
                    clients.dynamoDb(), stored.table(), stored.timeout(), clock),
                storeReads));
    NoticeStore notices =
        parts.notices(
            new DynamoDbNoticeStore(clients.dynamoDb(), stored.table(), stored.timeout(), clock));
    this.repair =
        new StreamConsumer(
            clients.dynamoDb(),
            clients.streams(),
            stored.table(),
            new StreamConsumer.Part(
                new Repairer(step, lease::view, notices, REPAIR_TRY, metrics.repair()),
                () -> probe(writersCells),
                metrics.repair()),
            StreamConsumer.Timing.STANDARD,
            clock,
            System::nanoTime,
            timer);

    AuditMetrics auditMetrics = new AuditMetrics(metrics.registry());
    this.hintAuditor = hintAuditor(auditMetrics);
    ReadObserver observer = observer(cellReads, store, auditMetrics);
    EntityReader readAside =
        parts.reads(
            new ReadAside(
                cellReads,
                store,
                stored.timeout(),
                configuration.cache().timeout(),
                System::nanoTime,
                timer,
                parts.coalescer(observer),
                observer));
    this.reads =
        new NearCache(readAside, fresh.bound(), fresh.nearBytes(), System::nanoTime, observer);

    this.hints =
        new MomentoHints(
            clients.credentials(), configuration.cache().name(), configuration.cache().timeout());
    Escalation escalation =
        new Escalation(
            new Notices(notices, () -> UUID.randomUUID().toString(), System::nanoTime, timer),
            () -> configuration.repair().on() && repair.isRepairActive(),
            NOTICE_AFTER,
            SETTLE_LIMIT);
    InvalidationHints given = fresh.hints() ? metrics.metered(hints) : keys -> {};
    CommitListener commits =
        new AnnouncedCommits(
            parts.commits(
                new CommitStep(step, lease, barrier, escalation, timer), writersCells, lease),
            given,
            reads::drop);
    this.server =
        GrpcServer.create(
            configuration.grpc().host(),
            configuration.grpc().port(),
            new AccountGrpcService(
                new AccountQueries(reads, store),
                new MutationExecutor(
                    reads, commits, store, storeWrites, commitTimeout(), clock, timer),
                new Calls(new ErrorTable(), configuration.grpc().longestCall()),
                System::nanoTime),
            metrics.calls());
    metrics.show(lease);
    metrics.show(breaker);
    metrics.show(Map.of("read", storeReads, "commit", storeWrites));
    metrics.showRepairLag(repair::lag);
  }

  private static ScheduledExecutorService timer(String name) {
    ScheduledThreadPoolExecutor timer =
        new ScheduledThreadPoolExecutor(1, Thread.ofPlatform().daemon().name(name).factory());
    // Most of what is scheduled is a timeout that never comes to pass.
    timer.setRemoveOnCancelPolicy(true);
    return timer;
  }

  private FleetSettings settings() {
    Configuration.Cache cache = configuration.cache();
    String where = cache.local().isPresent() ? "local" : clients.credentials().getCacheEndpoint();
    return new FleetSettings(
        CellKey.FORMAT,
        cache.name() + "@" + where,
        configuration.freshness().lease(),
        configuration.freshness().copies());
  }

  private CellCache readersCells(
      CellCodec codec, Duration timeout, CircuitBreaker breaker, Parts parts) {
    return metrics.metered(
        parts.readersCells(new CircuitBreakingCache(cells(codec, timeout), breaker), lease),
        "reader");
  }

  private CellCache cells(CellCodec codec, Duration timeout) {
    Configuration.Cache cache = configuration.cache();
    return new MomentoCellCache(
        clients.momento(), clients.compareAndSet(), cache.name(), codec, timeout, cache.ttl());
  }

  /**
   * What is slower than half a lease is about to end it: renewals wait where these calls do, and
   * without the lease all reads would go to the store.
   */
  private AdmissionQueue admission(int least, int most) {
    return AdmissionQueue.adaptive(
        least,
        most,
        configuration.store().queue(),
        configuration.freshness().lease().dividedBy(2),
        System::nanoTime);
  }

  private static CircuitBreaker breaker() {
    return CircuitBreaker.of(
        "cache",
        CircuitBreakerConfig.custom()
            .slidingWindowType(CircuitBreakerConfig.SlidingWindowType.TIME_BASED)
            .slidingWindowSize(BREAKER_WINDOW_SECONDS)
            .minimumNumberOfCalls(BREAKER_CALLS)
            .waitDurationInOpenState(BREAKER_PAUSE)
            .permittedNumberOfCallsInHalfOpenState(BREAKER_TRIALS)
            .build());
  }

  /** A commit; then the tries, notices, and at last a raise of epochs and the wait after it. */
  private Duration commitTimeout() {
    Duration store = configuration.store().timeout();
    return SETTLE_LIMIT
        .multipliedBy(2)
        .plus(store.multipliedBy(4))
        .plus(configuration.freshness().lease().multipliedBy(3));
  }

  /** The repair is for whoever reaches the cache, and may go by it. */
  private CompletableFuture<Boolean> probe(CellCache cells) {
    return lease
        .view()
        .map(view ->
            cells
                .get(view.cellOf(PROBE), CallScope.of(REPAIR_TRY))
                .thenApply(answer -> !(answer instanceof CellAnswer.Unavailable)))
        .orElseGet(() -> CompletableFuture.completedFuture(false));
  }

  private Optional<HintAuditor> hintAuditor(AuditMetrics auditMetrics) {
    return configuration.admin().auditPerSecond() == 0
        ? Optional.empty()
        : Optional.of(new HintAuditor(System::nanoTime, auditMetrics));
  }

  /** When as long has passed as a commit may take, its write is acknowledged, or never will be. */
  private ReadObserver observer(CellReads cells, AccountStore store, AuditMetrics auditMetrics) {
    List<ReadObserver> observers = new ArrayList<>(List.of(metrics.reads()));
    hintAuditor.ifPresent(auditor -> {
      observers.add(auditor);
      observers.add(
          new Auditor(
              cells,
              store,
              configuration.admin().auditPerSecond(),
              commitTimeout(),
              configuration.store().timeout(),
              System::nanoTime,
              timer,
              auditMetrics));
    });
    return new ReadObservers(observers);
  }

  /** Returns how this instance's settings differ from those of the fleet; empty if they do not. */
  CompletableFuture<List<String>> settingsFaults() {
    return guard.differences();
  }

  /** Begins what goes on in the background. */
  void start() {
    var unused = renewal.start(epochTimer);
    if (configuration.repair().on()) {
      repair.start();
    }
    if (configuration.freshness().hints()) {
      hints.listen(metrics.heard(this::hinted), metrics.missed(reads::clear), timer);
    }
  }

  private void hinted(EntityKey<?> key, Revision revision) {
    hintAuditor.ifPresent(auditor -> auditor.heard(key, revision));
    reads.drop(key);
  }

  /** Returns the admin port, listening; the caller closes it. */
  AdminServer listenToAdmin() throws IOException {
    Configuration.Admin admin = configuration.admin();
    return AdminServer.start(admin.host(), admin.port(), metrics.registry(), server::isServing);
  }

  /** Whether the cache may be used at this moment. */
  boolean hasLease() {
    return lease.view().isPresent();
  }

  EntityReader reads() {
    return reads;
  }

  GrpcServer server() {
    return server;
  }

  /** Stops taking calls, lets those in flight end, and lets go of everything. */
  void stop() throws InterruptedException {
    server.stop(configuration.grpc().stopGrace());
    repair.stop().join();
    timer.shutdownNow();
    epochTimer.shutdownNow();
    hints.close();
    clients.close();
  }
}
