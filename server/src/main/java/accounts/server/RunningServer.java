package accounts.server;

import accounts.admin.AdminServer;
import accounts.async.Futures;
import accounts.server.StopSignal.StoppedException;
import accounts.server.config.Configuration;
import accounts.server.config.ConfigurationException;
import accounts.service.WarmUpCommits;
import accounts.store.dynamodb.DynamoDbClients;
import accounts.store.dynamodb.TableCheck;
import java.io.IOException;
import java.nio.channels.UnresolvedAddressException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The running server: checks its backends, starts listening, announces that it is ready, and stops
 * gracefully. For one thread.
 */
final class RunningServer {

  private static final Logger log = LoggerFactory.getLogger(RunningServer.class);

  /** Seldom: a fleet that starts without the control plane must not keep it busy. */
  private static final Duration DESCRIBE_EVERY = Duration.ofSeconds(10);

  private final Wiring wiring;
  private final Optional<AdminServer> admin;
  private final List<String> readyLines;
  private final StopSignal signal;

  private RunningServer(
      Wiring wiring, Optional<AdminServer> admin, List<String> readyLines, StopSignal signal) {
    this.wiring = wiring;
    this.signal = signal;
    this.admin = admin;
    this.readyLines = readyLines;
  }

  /**
   * Returns a server that takes calls. Otherwise nothing is left behind that others would wait for,
   * such as shards of the table's stream.
   *
   * @param signal ends it, before or after it is ready
   * @throws ConfigurationException if the table is not what the server needs
   * @throws StartException if the store is unreachable or an address is taken
   * @throws StoppedException if the signal was given before it was ready
   */
  static RunningServer start(Configuration configuration, Parts parts, StopSignal signal)
      throws ConfigurationException, StartException, StoppedException, InterruptedException {
    configuration.changed().forEach((name, value) -> log.info("setting: {}={}", name, value));
    configuration.unknown().forEach(log::warn);
    log.debug("all settings: {}", configuration.effective());
    Clients clients = Clients.open(configuration, parts);
    CompletableFuture<String> tableId = new CompletableFuture<>();
    Wiring wiring = new Wiring(configuration, clients, tableId, parts);
    check(
        new TableCheck(clients.dynamoDb(), configuration.store().table()),
        DynamoDbClients.address(clients.dynamoDb()),
        wiring,
        tableId,
        signal);
    try {
      wiring.lifecycle().start();
      return started(configuration, wiring, signal);
    } catch (StartException | StoppedException | RuntimeException | Error e) {
      log.info("stopping before the server was ready");
      wiring.lifecycle().stopUnready();
      throw e;
    }
  }

  private static RunningServer started(
      Configuration configuration, Wiring wiring, StopSignal signal)
      throws StartException, StoppedException {
    WarmUp.awaitLease(
        wiring.reads(),
        () -> wiring.lease().view().isPresent(),
        configuration.freshness().lease(),
        signal);
    WarmUp.call(
        wiring::inMemory, new WarmUpCommits(wiring.store()), configuration.grpc().warmUp(), signal);
    Optional<AdminServer> admin = listenToAdmin(wiring, configuration.admin());
    listen(wiring, configuration.grpc());
    return new RunningServer(
        wiring,
        admin,
        readyLines(configuration, wiring.server().port(), admin.map(AdminServer::port)),
        signal);
  }

  private static void check(
      TableCheck table,
      String address,
      Wiring wiring,
      CompletableFuture<String> tableId,
      StopSignal signal)
      throws ConfigurationException, StartException, StoppedException {
    StartChecks checks = new StartChecks(address, StartChecks.Limits.DEFAULT, signal);
    checks
        .tableId(table::check, wiring.guard())
        .ifPresentOrElse(
            tableId::complete,
            () ->
                new LateTableId(table::check, tableId, DESCRIBE_EVERY, wiring.lifecycle().timer())
                    .start());
    checks.settings(wiring.guard());
  }

  private static Optional<AdminServer> listenToAdmin(Wiring wiring, Configuration.Admin admin)
      throws StartException {
    if (!admin.on()) {
      return Optional.empty();
    }
    try {
      return Optional.of(
          AdminServer.start(
              admin.host(),
              admin.port(),
              wiring.metrics().registry(),
              wiring.liveness()::isLive,
              wiring.server()::isServing));
    } catch (IOException e) {
      throw cannotListen(admin.host(), admin.port(), "ADMIN", e);
    }
  }

  private static void listen(Wiring wiring, Configuration.Grpc grpc) throws StartException {
    try {
      wiring.server().start();
    } catch (IOException e) {
      throw cannotListen(grpc.host(), grpc.port(), "GRPC", e);
    }
  }

  private static StartException cannotListen(String host, int port, String name, Exception cause) {
    return new StartException(
        "cannot listen on %s:%d: %s (expected: an address of this machine that is free, by %s and %s, or make run %s=...)"
            .formatted(
                host,
                port,
                reason(cause),
                "ACCOUNTS_%s_HOST".formatted(name),
                "ACCOUNTS_%s_PORT".formatted(name),
                name + "_PORT"),
        cause);
  }

  private static String reason(Exception failure) {
    Throwable root = Futures.rootCause(failure);
    return root instanceof UnresolvedAddressException
        ? "no such host"
        : String.valueOf(root.getMessage());
  }

  /** Returns what a person sees last: where the server is and, on a laptop, what to try. */
  private static List<String> readyLines(
      Configuration configuration, int port, Optional<Integer> adminPort) {
    String address = configuration.grpc().host() + ":" + port;
    String ready =
        "ready: gRPC on %s (%s), %s"
            .formatted(
                address,
                configuration.grpc().tls().isPresent() ? "TLS" : "plaintext",
                adminPort
                    .map(p ->
                        "metrics on http://%s:%d/metrics"
                            .formatted(configuration.admin().host(), p))
                    .orElse("no admin port"));
    return isForTrying(configuration)
        ? List.of(
            ready,
            """
            try: grpcurl -plaintext -d \
            '{"username":"olivia","first_name":"Olivia","last_name":"Ray"}' %s \
            accounts.v1.AccountService/CreateUser\
            """
                .formatted(address),
            """
            try: grpcurl -plaintext -d '{"username":"olivia"}' %s accounts.v1.AccountService/GetUser\
            """
                .formatted(address),
            "try: grpcurl -plaintext %s list accounts.v1.AccountService".formatted(address))
        : List.of(ready);
  }

  /** On a laptop, and open to whoever calls. */
  private static boolean isForTrying(Configuration configuration) {
    Configuration.Grpc grpc = configuration.grpc();
    return grpc.isLocal()
        && configuration.cache().local().isPresent()
        && grpc.tls().isEmpty()
        && grpc.identity().isEmpty();
  }

  /** Says that the server is ready, and waits for the signal; then stops the server gracefully. */
  void serve() throws InterruptedException {
    readyLines.forEach(log::info);
    signal.await();
    stop();
  }

  private void stop() throws InterruptedException {
    log.info("stopping");
    wiring.lifecycle().stop();
    admin.ifPresent(AdminServer::close);
    wiring.telemetry().close();
    log.info("stopped");
  }
}
