package accounts.client.real;

import accounts.local.AwsEnvironment;
import accounts.local.LocalCache;
import accounts.local.LocalDynamoDb;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The real service in a process of its own, with DynamoDB Local and the local cache, until it is
 * closed.
 */
public final class RealServer implements AutoCloseable {

  private static final Pattern READY = Pattern.compile("ready: gRPC on ([^ ]+:\\d+)");

  private final LocalDynamoDb dynamoDb;
  private final LocalCache cache;
  private final Process process;
  private final List<String> output = new ArrayList<>();
  private final CompletableFuture<String> address = new CompletableFuture<>();

  private RealServer(LocalDynamoDb dynamoDb, LocalCache cache, Process process) {
    this.dynamoDb = dynamoDb;
    this.cache = cache;
    this.process = process;
  }

  /** Starts the service and waits until it is ready. */
  public static RealServer start() {
    return start(Map.of());
  }

  /** As {@link #start()}, with more variables for the server. */
  public static RealServer start(Map<String, String> variables) {
    LocalDynamoDb dynamoDb = LocalDynamoDb.start();
    LocalCache cache = LocalCache.start();
    dynamoDb.createTable("accounts");
    cache.createCache("accounts");
    RealServer server = new RealServer(dynamoDb, cache, process(dynamoDb, cache, variables));
    Thread reader = new Thread(server::read, "output of the server");
    reader.setDaemon(true);
    reader.start();
    try {
      server.address.orTimeout(60, TimeUnit.SECONDS).join();
      return server;
    } catch (RuntimeException e) {
      server.close();
      throw e;
    }
  }

  private static Process process(
      LocalDynamoDb dynamoDb, LocalCache cache, Map<String, String> variables) {
    ProcessBuilder builder =
        new ProcessBuilder(
                ProcessHandle.current().info().command().orElse("java"),
                "--enable-native-access=ALL-UNNAMED",
                "-XX:TieredStopAtLevel=1",
                // Not the tests' log configuration, which is on this classpath too and silences the
                // server.
                "-Dlogback.configurationFile=logback.xml",
                "-cp",
                System.getProperty(
                    "surefire.test.class.path", System.getProperty("java.class.path")),
                "accounts.server.Main")
            .redirectErrorStream(true);
    builder.environment().keySet().removeIf(name -> name.matches("(ACCOUNTS|AWS|MOMENTO)_.*"));
    builder.environment().putAll(AwsEnvironment.variables(dynamoDb.endpoint()));
    builder.environment().put("MOMENTO_LOCAL_ENDPOINT", cache.endpoint());
    builder.environment().put("ACCOUNTS_GRPC_PORT", "0");
    builder.environment().put("ACCOUNTS_CACHE_TIMEOUT", "5s");
    builder.environment().put("ACCOUNTS_STORE_TIMEOUT", "20s");
    builder.environment().put("ACCOUNTS_WARM_UP", "0s");
    builder.environment().put("ACCOUNTS_ADMIN_PORT", "0");
    builder.environment().putAll(variables);
    try {
      return builder.start();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void read() {
    try (BufferedReader reader = process.inputReader()) {
      for (String line = reader.readLine(); line != null; line = reader.readLine()) {
        output.add(line);
        Matcher ready = READY.matcher(line);
        if (ready.find()) {
          address.complete(ready.group(1));
        }
      }
    } catch (IOException e) {
      // Its end.
    }
    address.completeExceptionally(new IllegalStateException("not ready: " + output));
  }

  /** Returns {@code host:port}. */
  public String address() {
    return address.join();
  }

  @Override
  public void close() {
    process.destroyForcibly();
    try {
      process.waitFor(10, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    cache.close();
    dynamoDb.close();
  }
}
