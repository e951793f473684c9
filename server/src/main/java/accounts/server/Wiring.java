package accounts.server;

import static accounts.server.config.Safeguard.ABSENT_GENERATION;
import static accounts.server.config.Safeguard.ADVANCE;
import static accounts.server.config.Safeguard.CONSISTENT_READS;
import static accounts.server.config.Safeguard.EPOCH_BEFORE_READ;
import static accounts.server.config.Safeguard.EPOCH_RAISE;
import static accounts.server.config.Safeguard.EPOCH_WAIT;
import static accounts.server.config.Safeguard.GENERATIONS;
import static accounts.server.config.Safeguard.GENERATION_BEFORE_READ;
import static accounts.server.config.Safeguard.JOIN_RULE;
import static accounts.server.config.Safeguard.LEASE_EXPIRY;
import static accounts.server.config.Safeguard.NEAR_AGE;
import static accounts.server.config.Safeguard.RANDOM_GENERATION;
import static accounts.server.config.Safeguard.SHARED_GENERATIONS;

import accounts.admin.AdminServer;
import accounts.admin.Metrics;
import accounts.async.CallScope;
import accounts.audit.AuditMetrics;
import accounts.audit.AuditedReads;
import accounts.audit.Auditor;
import accounts.cache.AccountCache;
import accounts.cache.AccountReads;
import accounts.cache.Barrier;
import accounts.cache.BreakingCache;
import accounts.cache.Coalescer;
import accounts.cache.EpochBarrier;
import accounts.cache.EpochLease;
import accounts.cache.EpochRenewal;
import accounts.cache.HintingReads;
import accounts.cache.NearCache;
import accounts.cache.ReadAside;
import accounts.cache.TrustedCache;
import accounts.cache.momento.CacheKeys;
import accounts.cache.momento.MomentoAccountCache;
import accounts.cache.momento.MomentoClients;
import accounts.cache.momento.MomentoHints;
import accounts.cache.momento.TutorialCache;
import accounts.cache.weakened.AgeFromTheEnd;
import accounts.cache.weakened.LateEpoch;
import accounts.cache.weakened.LateGeneration;
import accounts.cache.weakened.NoBarrier;
import accounts.cache.weakened.WithoutAdvance;
import accounts.grpc.AccountGrpcService;
import accounts.grpc.Calls;
import accounts.grpc.ErrorTable;
import accounts.grpc.GrpcServer;
import accounts.repair.Repairer;
import accounts.repair.dynamodb.StreamClients;
import accounts.repair.dynamodb.StreamConsumer;
import accounts.server.config.Configuration;
import accounts.server.config.ConfigurationException;
import accounts.server.config.Safeguard;
import accounts.service.AccountQueries;
import accounts.service.Mutator;
import accounts.store.AccountStore;
import accounts.store.BoundedStore;
import accounts.store.EpochStore;
import accounts.store.dynamodb.DynamoDbAccountStore;
import accounts.store.dynamodb.DynamoDbClients;
import accounts.store.dynamodb.DynamoDbEpochStore;
import accounts.store.dynamodb.TableCheck;
import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadLocalRandom;
import momento.sdk.CacheClient;
import momento.sdk.auth.CredentialProvider;
import software.amazon.awssdk.services.dynamodb.DynamoDbAsyncClient;
import software.amazon.awssdk.services.dynamodb.streams.DynamoDbStreamsAsyncClient;

/** Every {@code new} of the server, innermost first; the one class that knows all others. */
final class Wiring {

  /** How often a lease is renewed while it lasts: three reads in a row may fail. */
  private static final int RENEWALS = 4;

  /** Clocks of two machines may run apart by one part in this many. */
  private static final int CLOCK_RATE_MARGIN = 20;

  private static final Duration FOREVER = Duration.ofDays(365);

  private static final int BREAKER_WINDOW_SECONDS = 5;
  private static final int BREAKER_CALLS = 20;
  private static final int BREAKER_TRIALS = 5;
  private static final Duration BREAKER_PAUSE = Duration.ofMillis(500);

  private static final StreamConsumer.Timing REPAIR_TIMING =
      new StreamConsumer.Timing(Duration.ofMillis(500), Duration.ofSeconds(3));

  private final Configuration configuration;
  private final Metrics metrics = new Metrics();
  private final DynamoDbAsyncClient dynamoDb;
  private final DynamoDbStreamsAsyncClient streams;
  private final CacheClient momento;
  private final ScheduledExecutorService timer;
  private final TableCheck tableCheck;
  private final EpochRenewal renewal;
  private final StreamConsumer repair;
  private final NearCache near;
  private final MomentoHints hints;
  private final AccountReads reads;
  private final GrpcServer server;

  /**
   * @throws ConfigurationException if Momento's SDK cannot read the key
   */
  Wiring(Configuration configuration) throws ConfigurationException {
    InstantSource clock = Clock.systemUTC();
    Configuration.Store stored = configuration.store();
    Configuration.Cache cached = configuration.cache();

    this.configuration = configuration;
    this.dynamoDb = DynamoDbClients.create(stored.connections(), stored.timeout());
    this.streams = StreamClients.create(configuration.repair().endpoint());
    this.momento =
        MomentoClients.create(
            credentials(cached), cached.timeout(), cached.ttl(), !off(CONSISTENT_READS));
    this.timer =
        Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("timer").factory());
    this.tableCheck = new TableCheck(dynamoDb, stored.table());

    Configuration.Freshness fresh = configuration.freshness();
    AccountStore store =
        metrics.counted(
            new BoundedStore(
                new DynamoDbAccountStore(dynamoDb, stored.table(), stored.timeout(), clock),
                stored.reads()));
    EpochStore epochs = new DynamoDbEpochStore(dynamoDb, stored.table(), stored.timeout());
    EpochLease lease =
        new EpochLease(off(LEASE_EXPIRY) ? FOREVER : fresh.lease(), System::nanoTime);
    this.renewal =
        new EpochRenewal(epochs, lease, fresh.lease().dividedBy(RENEWALS), System::nanoTime);
    AccountCache cache = cache(cached, lease);
    Duration wait = fresh.lease().plus(fresh.lease().dividedBy(CLOCK_RATE_MARGIN));
    Barrier barrier = metrics.counted(barrier(epochs, wait));
    this.repair =
        new StreamConsumer(
            dynamoDb,
            streams,
            stored.table(),
            new Repairer(cache, barrier, stored.timeout().plus(wait)),
            REPAIR_TIMING,
            clock,
            System::nanoTime,
            timer);
    AccountReads readAside =
        new ReadAside(
            cache,
            store,
            barrier,
            stored.timeout(),
            cached.timeout(),
            System::nanoTime,
            timer,
            new Coalescer<>(System::nanoTime, !off(JOIN_RULE), metrics.loads()));
    this.near =
        new NearCache(
            off(NEAR_AGE) ? new AgeFromTheEnd(readAside, System::nanoTime) : readAside,
            fresh.bound(),
            fresh.nearBytes(),
            System::nanoTime);
    this.hints = new MomentoHints(credentials(cached), cached.name(), cached.timeout());
    Duration commitPatience =
        stored.timeout().plus(cached.timeout()).plus(stored.timeout()).plus(wait);
    AccountReads hinting = fresh.hints() ? new HintingReads(near, metrics.counted(hints)) : near;
    this.reads = metrics.counted(audited(hinting, cache, store, commitPatience));
    AccountQueries queries = new AccountQueries(reads, store);
    Mutator mutator = new Mutator(reads, store, commitPatience, clock, timer);
    Calls calls = new Calls(new ErrorTable(), configuration.grpc().longestCall());
    this.server =
        GrpcServer.create(
            configuration.grpc().host(),
            configuration.grpc().port(),
            new AccountGrpcService(queries, mutator, calls, System::nanoTime),
            metrics.calls());
    metrics.show(lease);
  }

  private AccountCache cache(Configuration.Cache cached, EpochLease lease) {
    CacheKeys keys =
        new CacheKeys(cached.format().orElse(CacheKeys.FORMAT), !off(SHARED_GENERATIONS));
    AccountCache momento =
        off(GENERATIONS)
            ? new TutorialCache(this.momento, cached.name(), keys, cached.timeout(), cached.ttl())
            : new MomentoAccountCache(
                this.momento,
                cached.name(),
                keys,
                cached.timeout(),
                cached.ttl(),
                off(RANDOM_GENERATION) ? () -> 1 : Wiring::randomStamp,
                !off(ABSENT_GENERATION));
    CircuitBreaker breaker = breaker();
    metrics.show(breaker);
    AccountCache cache =
        metrics.counted(new TrustedCache(new BreakingCache(momento, breaker), lease));
    cache = off(ADVANCE) ? new WithoutAdvance(cache) : cache;
    cache = off(GENERATION_BEFORE_READ) ? new LateGeneration(cache) : cache;
    return off(EPOCH_BEFORE_READ) ? new LateEpoch(cache, lease) : cache;
  }

  /** When as long has passed as a commit may take, its write is acknowledged, or never will be. */
  private AccountReads audited(
      AccountReads reads, AccountCache cache, AccountStore store, Duration commitPatience) {
    int perSecond = configuration.admin().auditPerSecond();
    return perSecond == 0
        ? reads
        : new AuditedReads(
            reads,
            new Auditor(
                cache,
                store,
                perSecond,
                commitPatience,
                configuration.store().timeout(),
                System::nanoTime,
                timer,
                new AuditMetrics(metrics.registry())));
  }

  private Barrier barrier(EpochStore epochs, Duration wait) {
    return off(EPOCH_RAISE)
        ? new NoBarrier()
        : new EpochBarrier(
            epochs, configuration.store().timeout(), off(EPOCH_WAIT) ? Duration.ZERO : wait);
  }

  private boolean off(Safeguard safeguard) {
    return configuration.freshness().weakened().contains(safeguard);
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

  private static CredentialProvider credentials(Configuration.Cache cache)
      throws ConfigurationException {
    try {
      return cache
          .local()
          .map(local -> MomentoClients.local(local.host(), local.port()))
          .orElseGet(() -> MomentoClients.cloud(cache.apiKey().orElseThrow()));
    } catch (RuntimeException e) {
      // Of the SDK's own, or of what it reads the key with; its message may have parts of the key.
      throw new ConfigurationException(
          List.of("MOMENTO_API_KEY: *** (expected: a key as Momento's console hands it out)"));
    }
  }

  private static long randomStamp() {
    return ThreadLocalRandom.current().nextLong(1, 1L << 40);
  }

  TableCheck tableCheck() {
    return tableCheck;
  }

  /** Begins what goes on in the background; unless the store is slow, the cache can be trusted. */
  void start() {
    renewal.renew(CallScope.of(configuration.freshness().lease())).join();
    renewal.start(timer);
    if (configuration.repair().on()) {
      repair.start();
    }
    if (configuration.freshness().hints()) {
      hints.listen(metrics.heard(near::drop), metrics.missed(near::clear), timer);
    }
  }

  /** Returns the admin port, listening; the caller closes it. */
  AdminServer listenToAdmin() throws IOException {
    Configuration.Admin admin = configuration.admin();
    return AdminServer.start(admin.host(), admin.port(), metrics.registry(), server::isServing);
  }

  AccountReads reads() {
    return reads;
  }

  GrpcServer server() {
    return server;
  }

  /** Stops taking calls, lets those under way end, and lets go of everything. */
  void stop() throws InterruptedException {
    server.stop(configuration.grpc().stopGrace());
    repair.stop().join();
    timer.shutdownNow();
    hints.close();
    momento.close();
    streams.close();
    dynamoDb.close();
  }
}
