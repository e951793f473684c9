package accounts.server;

import accounts.admin.AdminServer;
import accounts.domain.AccountException;
import accounts.server.config.Configuration;
import accounts.server.config.ConfigurationException;
import accounts.store.dynamodb.TableCheck;
import java.io.IOException;
import java.nio.channels.UnresolvedAddressException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The running server: checks what it stands on, listens, says that it is ready, and stops in good
 * order.
 */
final class RunningServer {

  private static final Logger log = LoggerFactory.getLogger(RunningServer.class);

  /** How long the store may be unreachable at the start before the server gives up. */
  private static final Duration STORE_TIMEOUT = Duration.ofSeconds(30);

  private static final Duration STORE_PAUSE = Duration.ofMillis(100);

  /**
   * How long the table may be wrong, or the store unreachable without a word: on a laptop all start
   * together.
   */
  private static final Duration TABLE_TIMEOUT = Duration.ofSeconds(3);

  private final Wiring wiring;
  private final AdminServer admin;
  private final String readyLine;

  private RunningServer(Wiring wiring, AdminServer admin, String readyLine) {
    this.wiring = wiring;
    this.admin = admin;
    this.readyLine = readyLine;
  }

  /**
   * Returns a server that takes calls.
   *
   * @throws ConfigurationException if the table is not what the server needs
   * @throws StartException if the store is unreachable or an address is taken
   */
  static RunningServer start(Configuration configuration, Parts parts)
      throws ConfigurationException, StartException, InterruptedException {
    log.info("configuration: {}", configuration.effective());
    Clients clients = Clients.open(configuration, parts);
    String tableId = checkTable(new TableCheck(clients.dynamoDb(), configuration.store().table()));
    Wiring wiring = new Wiring(configuration, clients, tableId, parts);
    checkSettings(wiring);
    wiring.start();
    WarmUp.run(wiring.reads(), wiring::hasLease, configuration.freshness().lease());
    AdminServer admin = listenToAdmin(wiring, configuration.admin());
    listen(wiring, configuration.grpc());
    log.info("admin: http://{}:{}/metrics", configuration.admin().host(), admin.port());
    return new RunningServer(wiring, admin, readyLine(configuration, wiring.server().port()));
  }

  /**
   * Waits for a store that is only just starting, and for a table that is only just being made.
   *
   * @return the table's id
   */
  private static String checkTable(TableCheck check)
      throws ConfigurationException, StartException, InterruptedException {
    long began = System.nanoTime();
    boolean told = false;
    while (true) {
      Duration waited = Duration.ofNanos(System.nanoTime() - began);
      try {
        TableCheck.Table table = check.check().join();
        if (table.faults().isEmpty()) {
          return table.id();
        }
        if (waited.compareTo(TABLE_TIMEOUT) > 0) {
          throw new ConfigurationException(table.faults());
        }
      } catch (CompletionException e) {
        boolean unreachable = e.getCause() instanceof AccountException;
        if (!unreachable || waited.compareTo(STORE_TIMEOUT) > 0) {
          throw new StartException("store: " + rootOf(e).getMessage(), e);
        }
        if (!told && waited.compareTo(TABLE_TIMEOUT) > 0) {
          log.warn("store does not answer, trying on: {}", rootOf(e).getMessage());
          told = true;
        }
      }
      Thread.sleep(STORE_PAUSE);
    }
  }

  /** Who goes by other settings than the rest would answer, or acknowledge, what is not fresh. */
  private static void checkSettings(Wiring wiring)
      throws ConfigurationException, StartException, InterruptedException {
    long began = System.nanoTime();
    while (true) {
      try {
        List<String> faults = wiring.settingsFaults().join();
        if (!faults.isEmpty()) {
          throw new ConfigurationException(faults);
        }
        return;
      } catch (CompletionException e) {
        if (System.nanoTime() - began > STORE_TIMEOUT.toNanos()) {
          throw new StartException("store: " + rootOf(e).getMessage(), e);
        }
      }
      Thread.sleep(STORE_PAUSE);
    }
  }

  private static AdminServer listenToAdmin(Wiring wiring, Configuration.Admin admin)
      throws StartException {
    try {
      return wiring.listenToAdmin();
    } catch (IOException e) {
      throw cannotListen(admin.host(), admin.port(), "ACCOUNTS_ADMIN_PORT", e);
    }
  }

  private static void listen(Wiring wiring, Configuration.Grpc grpc) throws StartException {
    try {
      wiring.server().start();
    } catch (IOException e) {
      throw cannotListen(grpc.host(), grpc.port(), "ACCOUNTS_GRPC_PORT", e);
    }
  }

  private static StartException cannotListen(
      String host, int port, String variable, Exception cause) {
    return new StartException(
        "cannot listen on %s:%d: %s (expected: a free address, see %s)"
            .formatted(host, port, reason(cause), variable),
        cause);
  }

  private static String reason(Exception failure) {
    Throwable root = rootOf(failure);
    return root instanceof UnresolvedAddressException
        ? "no such host"
        : String.valueOf(root.getMessage());
  }

  private static Throwable rootOf(Throwable failure) {
    Throwable root = failure;
    while (root.getCause() != null) {
      root = root.getCause();
    }
    return root;
  }

  private static String readyLine(Configuration configuration, int port) {
    String address = configuration.grpc().host() + ":" + port;
    return """
    ready: gRPC on %s (plaintext), table %s, cache %s; try: grpcurl -plaintext -d \
    '{"username":"olivia","first_name":"Olivia","last_name":"Ray"}' %s \
    accounts.v1.AccountService/CreateUser\
    """
        .formatted(address, configuration.store().table(), configuration.cache().name(), address);
  }

  /** Tells the log that calls are taken; for when the server can be stopped in good order, too. */
  void announce() {
    log.info("{}", readyLine);
  }

  /** Lets calls under way end, then lets go of everything. For the shutdown hook. */
  void stop() {
    log.info("stopping");
    try {
      wiring.stop();
      admin.close();
      log.info("stopped");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  void awaitEnd() throws InterruptedException {
    wiring.server().awaitTermination();
  }
}
