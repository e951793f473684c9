package accounts.server;

import accounts.admin.Liveness;
import accounts.async.CallScope;
import accounts.async.Futures;
import accounts.async.InFlight;
import accounts.cache.CellAnswer;
import accounts.cache.CellCache;
import accounts.cache.CellKey;
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
import accounts.grpc.Failures;
import accounts.grpc.GrpcServer;
import accounts.grpc.InMemoryServer;
import accounts.grpc.Refusals;
import accounts.grpc.ServerTls;
import accounts.grpc.WatchOffer;
import accounts.identity.Authenticator;
import accounts.identity.Callers;
import accounts.metrics.Metrics;
import accounts.overload.CallAdmission;
import accounts.overload.LoadLimit;
import accounts.read.NearCache;
import accounts.read.ReadAside;
import accounts.read.ReadObserver;
import accounts.repair.Repairer;
import accounts.repair.dynamodb.RepairTiming;
import accounts.repair.dynamodb.StreamConsumer;
import accounts.server.config.Configuration;
import accounts.server.config.ConfigurationException;
import accounts.service.AccessChecks;
import accounts.service.AccountLists;
import accounts.service.AccountQueries;
import accounts.service.CommitListener;
import accounts.service.Deletions;
import accounts.service.EntityReader;
import accounts.service.Invitations;
import accounts.service.MutationExecutor;
import accounts.store.AccountStore;
import accounts.store.AdmissionQueue;
import accounts.store.BoundedDeletionStore;
import accounts.store.BoundedDirectoryStore;
import accounts.store.BoundedInvitationStore;
import accounts.store.BoundedStore;
import accounts.store.DeletionStore;
import accounts.store.DirectoryStore;
import accounts.store.FleetSettings;
import accounts.store.FleetStateStore;
import accounts.store.NoticeStore;
import accounts.store.dynamodb.DynamoDbAccountStore;
import accounts.store.dynamodb.DynamoDbChangeFeed;
import accounts.store.dynamodb.DynamoDbDeletionStore;
import accounts.store.dynamodb.DynamoDbDirectoryStore;
import accounts.store.dynamodb.DynamoDbFeedWriter;
import accounts.store.dynamodb.DynamoDbFleetStateStore;
import accounts.store.dynamodb.DynamoDbInvitationStore;
import accounts.store.dynamodb.DynamoDbNoticeStore;
import accounts.telemetry.Telemetry;
import accounts.watch.WatchSettings;
import accounts.watch.Watches;
import io.grpc.ServerBuilder;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.stream.Stream;

/** The server's object graph, innermost first; the only class that knows all others. */
final class Wiring {

  private static final Duration NOTICE_AFTER = Duration.ofMillis(250);

  /** Two calls that time out: a slow cache must not raise an epoch. */
  private static final Duration SETTLE_LIMIT = Clients.WRITERS_TIMEOUT.multipliedBy(2);

  /**
   * How long the repair tries before it gives its shards up to an instance that reaches the cache.
   */
  private static final Duration REPAIR_TRY = Duration.ofMillis(300);

  /** The key that the repair reads to see whether the cache answers. */
  private static final UserKey PROBE = new UserKey(new Username("repair-probe"));

  /** A read of the feed holds up nobody but those who watch, and may take a page of a MiB. */
  private static final Duration FEED_TIMEOUT = Duration.ofSeconds(5);

  private static final int LEAST_READS = 16;
  private static final int LEAST_WRITES = 2;

  /**
   * Far more than a cache that answers in milliseconds has to do at once, and the work of a tenth
   * of a second: much less than the timeout of a lookup.
   */
  private static final int LOOKUPS = 1024;

  /** More than all calls that are admitted. */
  private static final int WAITING_LOOKUPS = 16_384;

  private final InstantSource clock = Clock.systemUTC();
  private final Metrics metrics = new Metrics();
  private final ScheduledExecutorService timer = timer("timer");
  private final ScheduledExecutorService watchThread = timer("watch");
  private final Configuration configuration;
  private final CompletableFuture<String> tableId;
  private final Clients clients;
  private final Telemetry telemetry;
  private final FleetGuard guard;
  private final EpochLease lease;
  private final StreamConsumer repair;
  private final AccountStore store;
  private final Watches watches;
  private final NearCache reads;
  private final Audits audits;
  private final Optional<Callers> callers;
  private final Liveness liveness;
  private final CallAdmission admission;
  private final Refusals refusals;
  private final AccountGrpcService uncounted;
  private final GrpcServer server;
  private final Lifecycle lifecycle;

  /**
   * @param tableId of the table that the clients use; may complete later
   * @throws ConfigurationException if a certificate or key cannot be read, or one of
   *     OpenTelemetry's variables is wrong
   */
  Wiring(
      Configuration configuration, Clients clients, CompletableFuture<String> tableId, Parts parts)
      throws ConfigurationException {
    this.configuration = configuration;
    this.tableId = tableId;
    this.clients = clients;
    this.telemetry = parts.telemetry();
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
    ScheduledExecutorService epochTimer = timer("epochs");
    Minter minter = new Minter(tableId, settings(), new SecureRandom());
    this.guard = new FleetGuard(states, minter, stored.timeout());
    this.lease = parts.lease(fresh.lease(), timer);
    EpochRenewal renewal = new EpochRenewal(states, lease, minter, fresh.lease());
    Barrier barrier =
        metrics.metered(
            parts.barrier(
                new EpochBarrier(
                    states, minter, fresh.lease(), stored.timeout(), timer, System::nanoTime),
                states));

    CellCaches caches =
        new CellCaches(configuration.cache(), clients, metrics, telemetry, parts, lease);
    Duration readersTimeout = configuration.cache().timeout();
    CellCache writersCells = caches.writers();
    AdmissionQueue lookups = AdmissionQueue.fixed("cache.queue", LOOKUPS, WAITING_LOOKUPS);
    CellReads cellReads =
        new CellReads(
            caches.readers(readersTimeout),
            caches.readers(Clients.WRITERS_TIMEOUT),
            readersTimeout,
            lease,
            lookups);
    CellStep step = new CellStep(writersCells);

    AdmissionQueue storeReads = admission(LEAST_READS, stored.reads());
    AdmissionQueue storeWrites = admission(LEAST_WRITES, stored.writes());
    this.store =
        metrics.metered(
            new BoundedStore(
                telemetry.traced(
                    metrics.timed(
                        new DynamoDbAccountStore(
                            clients.dynamoDb(),
                            stored.table(),
                            stored.timeout(),
                            stored.retention(),
                            clock))),
                storeReads));
    NoticeStore notices =
        metrics.metered(
            parts.notices(
                new DynamoDbNoticeStore(
                    clients.dynamoDb(), stored.table(), stored.timeout(), clock)));
    this.repair =
        new StreamConsumer(
            clients.dynamoDb(),
            clients.streams(),
            stored.table(),
            new StreamConsumer.Part(
                new Repairer(step, lease::view, notices, REPAIR_TRY, metrics.repair()),
                new DynamoDbFeedWriter(
                    clients.dynamoDb(),
                    stored.table(),
                    stored.timeout(),
                    configuration.watch().retention(),
                    clock),
                () -> probe(writersCells),
                metrics.repair()),
            RepairTiming.DEFAULT,
            clock,
            System::nanoTime,
            timer);

    this.watches =
        new Watches(
            new DynamoDbChangeFeed(clients.dynamoDb(), stored.table(), FEED_TIMEOUT),
            FEED_TIMEOUT,
            WatchSettings.of(configuration.watch().most()),
            metrics.watches(),
            repair::isRepairActive,
            watchThread,
            System::nanoTime,
            clock);

    // After the longest time that a commit and then what follows may take, its write is
    // acknowledged or never will be.
    Duration acknowledged = commitTimeout().plus(stored.timeout());
    this.audits = new Audits(configuration, metrics, cellReads, store, acknowledged, timer);
    ReadObserver observer = audits.observer();
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

    MomentoHints hints =
        new MomentoHints(clients.momento().sessions(), configuration.cache().timeout());
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
    this.callers =
        configuration
            .grpc()
            .identity()
            .map(i -> Callers.start(i, Clock.systemUTC(), System::nanoTime));
    InFlight calls = new InFlight();
    LoadLimit load = new LoadLimit(clients.loops().each(), System::nanoTime);
    this.admission = new CallAdmission(load::of, metrics.shed());
    load.learn(admission::units, timer);
    this.liveness =
        new Liveness(
            Stream.<Executor>concat(
                    clients.loops().each().stream(), Stream.of(timer, epochTimer, watchThread))
                .toList(),
            System::nanoTime);
    this.refusals = new Refusals(() -> clients.loops().timer(timer), System::nanoTime);
    AccountQueries queries = new AccountQueries(reads, store);
    MutationExecutor mutations =
        new MutationExecutor(reads, commits, store, storeWrites, commitTimeout(), clock, timer);
    DeletionStore noted =
        parts.deletions(
            new BoundedDeletionStore(
                new DynamoDbDeletionStore(clients.dynamoDb(), stored.table(), stored.timeout()),
                storeReads));
    Deletions deletions = new Deletions(store, noted, mutations, stored.deletedRetention());
    Invitations invitations =
        new Invitations(
            new BoundedInvitationStore(
                new DynamoDbInvitationStore(clients.dynamoDb(), stored.table(), stored.timeout()),
                storeReads),
            queries,
            mutations,
            clock);
    DirectoryStore directory =
        parts.directory(
            new BoundedDirectoryStore(
                new DynamoDbDirectoryStore(clients.dynamoDb(), stored.table(), stored.timeout()),
                storeReads));
    AccountLists lists = new AccountLists(directory);
    AccessChecks checks = new AccessChecks(queries, metrics.access());
    AccessChecks uncountedChecks = new AccessChecks(queries, decision -> {});
    this.uncounted =
        service(queries, uncountedChecks, mutations, deletions, invitations, lists, calls);
    this.server = server(service(queries, checks, mutations, deletions, invitations, lists, calls));
    this.lifecycle =
        new Lifecycle(
            configuration,
            clients,
            server,
            calls,
            callers,
            renewal,
            repair,
            parts.sweeper(noted, deletions, timer, metrics.sweptDeletions()),
            parts.backfill(store, directory, clock, timer, metrics.directory()),
            () -> hints.listen(metrics.heard(this::hinted), metrics.missed(reads::clear), timer),
            watches,
            timer,
            epochTimer,
            watchThread);
    metrics.showJvm();
    metrics.show(watches);
    metrics.show(lease);
    metrics.show(admission, load);
    metrics.show(caches.breaker());
    metrics.showStore(Map.of("read", storeReads, "commit", storeWrites));
    metrics.showLookups(lookups);
    metrics.showRefused(Map.of("read", storeReads, "commit", storeWrites, "lookup", lookups));
    metrics.showRepairLag(repair::lag);
    metrics.showFeedLag(repair::feedLag);
  }

  private AccountGrpcService service(
      AccountQueries queries,
      AccessChecks checks,
      MutationExecutor mutations,
      Deletions deletions,
      Invitations invitations,
      AccountLists lists,
      InFlight calls) {
    return new AccountGrpcService(
        queries,
        checks,
        mutations,
        deletions,
        invitations,
        lists,
        new WatchOffer(
            configuration.repair().on() ? Optional.of(watches) : Optional.empty(), tableId),
        configuration.grpc().connectionAge(),
        new Calls(admission, refusals, new Failures(), calls),
        System::nanoTime);
  }

  private GrpcServer server(AccountGrpcService service) throws ConfigurationException {
    Configuration.Grpc grpc = configuration.grpc();
    Optional<ServerTls> tls =
        grpc.tls().map(t -> new ServerTls(t.certificate(), t.key(), t.clientCa(), t.clientsMust()));
    try {
      return GrpcServer.create(
          new GrpcServer.Listening(
              grpc.host(),
              grpc.port(),
              tls,
              grpc.reflection(),
              grpc.longestCall(),
              grpc.connectionAge()),
          clients.loops(),
          service,
          callers.<Authenticator>map(c -> c).orElse(Authenticator.ANYONE),
          admission,
          refusals,
          this::observe,
          telemetry.calls(),
          timer);
    } catch (IOException | GeneralSecurityException e) {
      throw new ConfigurationException(
          List.of(
              "%s: %s (expected: PEM files, the key as PKCS #8)"
                  .formatted(grpc.tls().map(Wiring::variables).orElse(""), Futures.describe(e))));
    }
  }

  private static String variables(Configuration.Tls tls) {
    return "ACCOUNTS_TLS_CERTIFICATE %s, ACCOUNTS_TLS_KEY %s"
            .formatted(tls.certificate(), tls.key())
        + tls.clientCa().map(ca -> ", ACCOUNTS_TLS_CLIENT_CA " + ca).orElse("");
  }

  /** The trace of a call comes first, so that the metrics can name it. */
  private void observe(ServerBuilder<?> builder) {
    metrics.observe(builder, telemetry.traces());
    telemetry.observe(builder);
  }

  private static ScheduledExecutorService timer(String name) {
    ScheduledThreadPoolExecutor timer =
        new ScheduledThreadPoolExecutor(1, Thread.ofPlatform().daemon().name(name).factory());
    // Most scheduled tasks are timeouts that never fire.
    timer.setRemoveOnCancelPolicy(true);
    return timer;
  }

  private FleetSettings settings() {
    Configuration.Cache cache = configuration.cache();
    String where = cache.local().isPresent() ? "local" : clients.momento().sessions().endpoint();
    return new FleetSettings(
        CellKey.FORMAT,
        cache.name() + "@" + where,
        configuration.freshness().lease(),
        configuration.freshness().copies());
  }

  /**
   * Calls slower than half a lease endanger the lease: its renewals compete with them, and without
   * the lease all reads would go to the store.
   */
  private AdmissionQueue admission(int least, int most) {
    return AdmissionQueue.adaptive(
        "store.queue",
        least,
        most,
        configuration.store().queue(),
        configuration.freshness().lease().dividedBy(2),
        System::nanoTime);
  }

  /**
   * Covers a commit; then the retries, notices, and finally a raise of epochs and the wait after
   * it.
   */
  private Duration commitTimeout() {
    Duration store = configuration.store().timeout();
    return SETTLE_LIMIT
        .multipliedBy(2)
        .plus(store.multipliedBy(4))
        .plus(configuration.freshness().lease().multipliedBy(3));
  }

  /** Only an instance that reaches the cache and has a valid lease takes part in the repair. */
  private CompletableFuture<Boolean> probe(CellCache cells) {
    return lease
        .view()
        .map(view ->
            cells
                .get(view.cellOf(PROBE), CallScope.of(REPAIR_TRY))
                .thenApply(answer -> !(answer instanceof CellAnswer.Unavailable)))
        .orElseGet(() -> CompletableFuture.completedFuture(false));
  }

  private void hinted(EntityKey<?> key, Revision revision) {
    audits.hinted(key, revision);
    reads.drop(key);
  }

  Lifecycle lifecycle() {
    return lifecycle;
  }

  FleetGuard guard() {
    return guard;
  }

  EpochLease lease() {
    return lease;
  }

  EntityReader reads() {
    return reads;
  }

  AccountStore store() {
    return store;
  }

  Liveness liveness() {
    return liveness;
  }

  /**
   * Returns the service as only this process reaches it, for calls that are no callers': they have
   * no traces, and are counted and timed where nobody looks. The caller closes it.
   */
  InMemoryServer inMemory() throws IOException {
    return InMemoryServer.start(
        uncounted, admission, refusals, Wiring::observeAside, configuration.grpc().longestCall());
  }

  /** As {@link #observe}: what counts a server's calls is to be warm, too. */
  private static void observeAside(ServerBuilder<?> builder) {
    new Metrics().observe(builder, false);
  }

  GrpcServer server() {
    return server;
  }

  Metrics metrics() {
    return metrics;
  }

  Telemetry telemetry() {
    return telemetry;
  }
}
