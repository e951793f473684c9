package accounts.server;

import accounts.cache.AccountCache;
import accounts.cache.AccountReads;
import accounts.cache.ReadAside;
import accounts.cache.momento.MomentoAccountCache;
import accounts.cache.momento.MomentoClients;
import accounts.grpc.AccountGrpcService;
import accounts.grpc.Calls;
import accounts.grpc.ErrorTable;
import accounts.grpc.GrpcServer;
import accounts.server.config.Configuration;
import accounts.server.config.ConfigurationException;
import accounts.service.AccountQueries;
import accounts.service.Mutator;
import accounts.store.AccountStore;
import accounts.store.dynamodb.DynamoDbAccountStore;
import accounts.store.dynamodb.DynamoDbClients;
import accounts.store.dynamodb.TableCheck;
import java.time.Clock;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadLocalRandom;
import momento.sdk.CacheClient;
import momento.sdk.auth.CredentialProvider;
import momento.sdk.exceptions.SdkException;
import software.amazon.awssdk.services.dynamodb.DynamoDbAsyncClient;

/** Every {@code new} of the server, innermost first; the one class that knows all others. */
final class Wiring {

  private final Configuration configuration;
  private final DynamoDbAsyncClient dynamoDb;
  private final CacheClient momento;
  private final ScheduledExecutorService timer;
  private final TableCheck tableCheck;
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
    this.momento = MomentoClients.create(credentials(cached), cached.timeout(), cached.ttl());
    this.timer =
        Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("timer").factory());
    this.tableCheck = new TableCheck(dynamoDb, stored.table());

    AccountStore store =
        new DynamoDbAccountStore(dynamoDb, stored.table(), stored.timeout(), clock);
    AccountCache cache =
        new MomentoAccountCache(
            momento, cached.name(), cached.timeout(), cached.ttl(), Wiring::randomStamp);
    this.reads = new ReadAside(cache, store, System::nanoTime);
    AccountQueries queries = new AccountQueries(reads, store);
    Duration commitPatience = stored.timeout().plus(cached.timeout());
    Mutator mutator = new Mutator(reads, store, commitPatience, clock, timer);
    Calls calls = new Calls(new ErrorTable(), configuration.grpc().longestCall());
    this.server =
        GrpcServer.create(
            configuration.grpc().host(),
            configuration.grpc().port(),
            new AccountGrpcService(queries, mutator, calls));
  }

  private static CredentialProvider credentials(Configuration.Cache cache)
      throws ConfigurationException {
    try {
      return cache
          .local()
          .map(local -> MomentoClients.local(local.host(), local.port()))
          .orElseGet(() -> MomentoClients.cloud(cache.apiKey().orElseThrow()));
    } catch (SdkException e) {
      // Its message may have parts of the key.
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
