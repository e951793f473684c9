package accounts.server;

import accounts.async.Futures;
import accounts.async.InFlight;
import accounts.freshness.EpochRenewal;
import accounts.grpc.GrpcServer;
import accounts.identity.Callers;
import accounts.repair.dynamodb.StreamConsumer;
import accounts.server.config.Configuration;
import accounts.service.DeletionSweeper;
import accounts.service.DirectoryBackfill;
import accounts.watch.Watches;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Starts and stops what runs besides calls: lease renewals, the repair, the end of deletions that
 * were left, the backfill of the directory, invalidation hints, the rotation of keys. Watches begin
 * with their callers, and are only ended.
 *
 * @param calls what is done for calls, including those whose callers are gone
 * @param listen begins to listen to hints
 */
record Lifecycle(
    Configuration configuration,
    Clients clients,
    GrpcServer server,
    InFlight calls,
    Optional<Callers> callers,
    EpochRenewal renewal,
    StreamConsumer repair,
    DeletionSweeper sweeper,
    DirectoryBackfill backfill,
    Runnable listen,
    Watches watches,
    ScheduledExecutorService timer,
    ScheduledExecutorService epochTimer,
    ScheduledExecutorService watchThread) {

  private static final Logger log = LoggerFactory.getLogger(Lifecycle.class);

  /** Far longer than it takes to end all of them, unless their thread is stuck. */
  private static final Duration WATCHES_TIMEOUT = Duration.ofSeconds(2);

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
    sweeper.start();
    backfill.start();
  }

  /**
   * Stops in good order: reports to health checks that calls should go elsewhere, and takes them
   * for a while all the same; ends watches, which go on elsewhere; takes no more calls; lets those
   * in flight, and then what they leave to be done, come to their end; hands the repair over;
   * closes all clients.
   *
   * <p>Takes the configured drain and grace at most, and a few seconds to hand over and to close:
   * {@code docs/operations.md} says how that fits a pod's grace period.
   */
  void stop() throws InterruptedException {
    stop(configuration.grpc().drain());
  }

  /** Like {@link #stop}, for a server that never took calls. */
  void stopUnready() throws InterruptedException {
    stop(Duration.ZERO);
  }

  private void stop(Duration drain) throws InterruptedException {
    CompletableFuture<Void> swept = sweeper.stop();
    CompletableFuture<Void> filled = backfill.stop();
    server.leave();
    Thread.sleep(drain);
    if (!await(watches.stop(), WATCHES_TIMEOUT)) {
      log.warn(
          "watches were not ended: their thread has run nothing for {} s",
          WATCHES_TIMEOUT.toSeconds());
    }
    finishCalls(configuration.grpc().stopGrace());
    await(Futures.allOf(List.of(swept, filled)), Clients.WRITERS_TIMEOUT);
    repair.stop().join();
    // Fills and hints, for which nobody waits. A claim without its fill would hold up readers.
    await(clients.momento().sessions().ended(), Clients.WRITERS_TIMEOUT);
    timer.shutdownNow();
    epochTimer.shutdownNow();
    watchThread.shutdownNow();
    callers.ifPresent(Callers::close);
    clients.close();
  }

  private void finishCalls(Duration grace) throws InterruptedException {
    long began = System.nanoTime();
    boolean answered = server.stop(grace);
    // A change goes on when its caller is gone: its cells are to be settled.
    boolean done = await(calls.ended(), grace.minusNanos(System.nanoTime() - began));
    if (!answered || !done) {
      log.warn("calls in flight took longer than ACCOUNTS_STOP_GRACE and were ended");
    }
  }

  private static boolean await(CompletableFuture<Void> end, Duration longest) {
    return end.thenApply(done -> true)
        .completeOnTimeout(false, Math.max(0, longest.toNanos()), TimeUnit.NANOSECONDS)
        .join();
  }
}
