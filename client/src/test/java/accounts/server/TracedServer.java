package accounts.server;

import accounts.local.AwsEnvironment;
import accounts.local.LocalCache;
import accounts.local.LocalDynamoDb;
import accounts.server.config.Configuration;
import accounts.server.config.ConfigurationReader;
import accounts.store.dynamodb.TableCheck;
import accounts.telemetry.Telemetry;
import io.opentelemetry.sdk.OpenTelemetrySdk;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/** The real service in this JVM, with an OpenTelemetry SDK of the test's, until it is closed. */
public final class TracedServer implements AutoCloseable {

  private static final Duration LEASE_LIMIT = Duration.ofSeconds(60);

  private final LocalDynamoDb dynamoDb = LocalDynamoDb.start();
  private final LocalCache cache = LocalCache.start();
  private final Wiring wiring;

  private TracedServer(OpenTelemetrySdk sdk) throws Exception {
    dynamoDb.createTable("accounts");
    cache.createCache("accounts");
    Configuration configuration = ConfigurationReader.read(environment(), () -> true);
    Parts parts = new Traced(sdk);
    Clients clients = Clients.open(configuration, parts);
    CompletableFuture<String> table =
        new TableCheck(clients.dynamoDb(), "accounts").check().thenApply(TableCheck.Table::id);
    table.join();
    this.wiring = new Wiring(configuration, clients, table, parts);
  }

  /** Starts a server and waits until it uses the cache. */
  public static TracedServer start(OpenTelemetrySdk sdk) {
    try {
      TracedServer server = new TracedServer(sdk);
      server.wiring.lifecycle().start();
      server.wiring.lease().awaitView(LEASE_LIMIT).join();
      server.wiring.server().start();
      return server;
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  private static final class Traced extends Parts {

    private final OpenTelemetrySdk sdk;

    Traced(OpenTelemetrySdk sdk) {
      this.sdk = sdk;
    }

    @Override
    Telemetry telemetry() {
      return Telemetry.tracing(sdk);
    }
  }

  /** AWS's own chain reads system properties where a child process would have variables. */
  private Map<String, String> environment() {
    System.setProperty("aws.region", AwsEnvironment.REGION);
    System.setProperty("aws.accessKeyId", AwsEnvironment.KEY);
    System.setProperty("aws.secretAccessKey", AwsEnvironment.KEY);
    System.setProperty("aws.endpointUrlDynamoDb", dynamoDb.endpoint().toString());
    Map<String, String> environment = new HashMap<>(AwsEnvironment.variables(dynamoDb.endpoint()));
    environment.put("MOMENTO_LOCAL_ENDPOINT", cache.endpoint());
    environment.put("ACCOUNTS_GRPC_PORT", "0");
    environment.put("ACCOUNTS_CACHE_TIMEOUT", "5s");
    environment.put("ACCOUNTS_STORE_TIMEOUT", "20s");
    environment.put("ACCOUNTS_EPOCH_LEASE", "3s");
    environment.put("ACCOUNTS_REPAIR", "false");
    environment.put("ACCOUNTS_HINTS", "false");
    return environment;
  }

  /** Returns {@code host:port}. */
  public String address() {
    return "127.0.0.1:" + wiring.server().port();
  }

  @Override
  public void close() {
    try {
      wiring.lifecycle().stop();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    cache.close();
    dynamoDb.close();
  }
}
