package accounts.server;

import accounts.async.Futures;
import accounts.store.dynamodb.TableCheck.Table;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks again and again for the id of the table, where the server had to start without it.
 *
 * @param check describes the table
 * @param id completes with the answer
 * @param pause between two attempts
 * @param timer waits; attempts end when it is shut down
 */
record LateTableId(
    Supplier<CompletableFuture<Table>> check,
    CompletableFuture<String> id,
    Duration pause,
    ScheduledExecutorService timer) {

  private static final Logger log = LoggerFactory.getLogger(LateTableId.class);

  /** Begins to ask. */
  void start() {
    var unused = Futures.after(pause, timer).thenCompose(due -> attempt());
  }

  private CompletableFuture<Void> attempt() {
    return Futures.started(check)
        .handle((table, failure) -> {
          if (failure == null && table.faults().isEmpty()) {
            log.info("table described: the cache is used");
            id.complete(table.id());
          } else {
            start();
          }
          return null;
        });
  }
}
