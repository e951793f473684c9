package accounts.server;

import accounts.admin.AdminServer;
import accounts.async.Futures;
import accounts.server.config.Configuration;
import accounts.server.config.ConfigurationException;
import accounts.store.dynamodb.TableCheck;
import java.io.IOException;
import java.nio.channels.UnresolvedAddressException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The running server: checks its backends, starts listening, announces that it is ready, and stops
 * gracefully.
 */
final class RunningServer {

  private static final Logger log = LoggerFactory.getLogger(RunningServer.class);

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
    String tableId =
        StartChecks.tableId(new TableCheck(clients.dynamoDb(), configuration.store().table()));
    Wiring wiring = new Wiring(configuration, clients, tableId, parts);
    StartChecks.settings(wiring.guard());
    wiring.lifecycle().start();
    WarmUp.run(
        wiring.reads(), () -> wiring.lease().view().isPresent(), configuration.freshness().lease());
    AdminServer admin = listenToAdmin(wiring, configuration.admin());
    listen(wiring, configuration.grpc());
    log.info("admin: http://{}:{}/metrics", configuration.admin().host(), admin.port());
    return new RunningServer(wiring, admin, readyLine(configuration, wiring.server().port()));
  }

  private static AdminServer listenToAdmin(Wiring wiring, Configuration.Admin admin)
      throws StartException {
    try {
      return AdminServer.start(
          admin.host(), admin.port(), wiring.metrics().registry(), wiring.server()::isServing);
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
    Throwable root = Futures.rootCause(failure);
    return root instanceof UnresolvedAddressException
        ? "no such host"
        : String.valueOf(root.getMessage());
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

  /** Logs that the server is ready; to be called once it can also be stopped gracefully. */
  void announce() {
    log.info("{}", readyLine);
  }

  /** Stops gracefully; for the shutdown hook. */
  void stop() {
    log.info("stopping");
    try {
      wiring.lifecycle().stop();
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
