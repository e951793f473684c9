package accounts.server;

import accounts.freshness.EpochRenewal;
import accounts.grpc.GrpcServer;
import accounts.identity.Callers;
import accounts.repair.dynamodb.StreamConsumer;
import accounts.server.config.Configuration;
import java.util.Optional;
import java.util.concurrent.ScheduledExecutorService;

/**
 * Starts and stops what runs besides calls: lease renewals, the repair, invalidation hints, the
 * rotation of keys.
 *
 * @param listen begins to listen to hints
 */
record Lifecycle(
    Configuration configuration,
    Clients clients,
    GrpcServer server,
    Optional<Callers> callers,
    EpochRenewal renewal,
    StreamConsumer repair,
    Runnable listen,
    ScheduledExecutorService timer,
    ScheduledExecutorService epochTimer) {

  /** Starts the background work; the gRPC server is started separately, once there is a lease. */
  void start() {
    var unused = renewal.start(epochTimer);
    if (configuration.repair().on()) {
      repair.start();
    }
    if (configuration.freshness().hints()) {
      listen.run();
    }
    clients.momento().start();
  }

  /**
   * Stops taking calls, lets those in flight finish, then stops the rest and closes all clients.
   */
  void stop() throws InterruptedException {
    server.stop(configuration.grpc().stopGrace());
    repair.stop().join();
    timer.shutdownNow();
    epochTimer.shutdownNow();
    callers.ifPresent(Callers::close);
    clients.close();
  }
}
