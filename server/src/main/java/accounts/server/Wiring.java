package accounts.server;

import accounts.cache.AccountCache;
import accounts.cache.AccountReads;
import accounts.cache.BreakingCache;
import accounts.cache.Coalescer;
import accounts.cache.EpochBarrier;
import accounts.cache.EpochLease;
import accounts.cache.EpochRenewal;
import accounts.cache.NearCache;
import accounts.cache.ReadAside;
import accounts.cache.TrustedCache;
import accounts.cache.momento.MomentoAccountCache;
import accounts.cache.momento.MomentoClients;
import accounts.grpc.AccountGrpcService;
import accounts.grpc.Calls;
import accounts.grpc.ErrorTable;
import accounts.grpc.GrpcServer;
import accounts.server.config.Configuration;
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
import java.time.Clock;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadLocalRandom;
import momento.sdk.CacheClient;
import momento.sdk.auth.CredentialProvider;
import software.amazon.awssdk.services.dynamodb.DynamoDbAsyncClient;

/** Every {@code new} of the server, innermost first; the one class that knows all others. */
final class Wiring {

  /** How often a lease is renewed while it lasts: three reads in a row may fail. */
  private static final int RENEWALS = 4;

  /** Clocks of two machines may run apart by one part in this many. */
  private static final int CLOCK_RATE_MARGIN = 20;

  private static final int BREAKER_WINDOW_SECONDS = 5;
  private static final int BREAKER_CALLS = 20;
  private static final int BREAKER_TRIALS = 5;
  private static final Duration BREAKER_PAUSE = Duration.ofMillis(500);

  private final Configuration configuration;
  private final DynamoDbAsyncClient dynamoDb;
  private final CacheClient momento;
  private final ScheduledExecutorService timer;
  private final TableCheck tableCheck;
  private final EpochRenewal renewal;
  private final AccountReads reads;
  private final GrpcServer server;

  Wiring(Configuration configuration) {
    InstantSource clock = Clock.systemUTC();
    Configuration.Store stored = configuration.store();
    Configuration.Cache cached = configuration.cache();

    this.configuration = configuration;
    this.dynamoDb = DynamoDbClients.create(stored.connections(), stored.timeout());
    this.momento = MomentoClients.create(credentials(cached), cached.timeout(), cached.ttl());
    this.timer =
        Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("timer").factory());
    this.tableCheck = new TableCheck(dynamoDb, stored.table());

    Configuration.Freshness fresh = configuration.freshness();
    AccountStore store =
        new BoundedStore(
            new DynamoDbAccountStore(dynamoDb, stored.table(), stored.timeout(), clock),
            stored.reads());
    EpochStore epochs = new DynamoDbEpochStore(dynamoDb, stored.table(), stored.timeout());
    EpochLease lease = new EpochLease(fresh.lease(), System::nanoTime);
    this.renewal =
        new EpochRenewal(epochs, lease, fresh.lease().dividedBy(RENEWALS), System::nanoTime);
    AccountCache cache =
        new TrustedCache(
            new BreakingCache(
                new MomentoAccountCache(
                    momento, cached.name(), cached.timeout(), cached.ttl(), Wiring::randomStamp),
                breaker()),
            lease);
    Duration wait = fresh.lease().plus(fresh.lease().dividedBy(CLOCK_RATE_MARGIN));
    this.reads =
        new NearCache(
            new ReadAside(
                cache,
                store,
                new EpochBarrier(epochs, wait),
                stored.timeout(),
                System::nanoTime,
                timer,
                new Coalescer<>(System::nanoTime, true)),
            fresh.bound(),
            fresh.nearEntries(),
            System::nanoTime);
    AccountQueries queries = new AccountQueries(reads, store);
    Duration commitPatience =
        stored.timeout().plus(cached.timeout()).plus(stored.timeout()).plus(wait);
    Mutator mutator = new Mutator(reads, store, commitPatience, clock, timer);
    Calls calls = new Calls(new ErrorTable(), configuration.grpc().longestCall());
    this.server =
        GrpcServer.create(
            configuration.grpc().host(),
            configuration.grpc().port(),
            new AccountGrpcService(queries, mutator, calls, System::nanoTime));
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

  private static CredentialProvider credentials(Configuration.Cache cache) {
    return cache
        .local()
        .map(local -> MomentoClients.local(local.host(), local.port()))
        .orElseGet(() -> MomentoClients.cloud(cache.apiKey().orElseThrow()));
  }

  private static long randomStamp() {
    return ThreadLocalRandom.current().nextLong(1, 1L << 40);
  }

  TableCheck tableCheck() {
    return tableCheck;
  }

  /** Begins what goes on in the background. */
  void start() {
    renewal.start(timer);
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
    timer.shutdownNow();
    momento.close();
    dynamoDb.close();
  }
}
