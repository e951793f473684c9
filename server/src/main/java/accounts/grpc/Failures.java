package accounts.grpc;

import accounts.async.EpisodeLog;
import accounts.async.Futures;
import accounts.async.Trace;
import accounts.domain.AccountError.StoreUnavailable;
import accounts.domain.AccountException;
import io.grpc.StatusRuntimeException;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CancellationException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;

/**
 * Turns failed calls into statuses, and logs those that are the service's fault: a line for each
 * internal error, and a line when DynamoDB begins to fail calls and when it no longer does. A
 * caller's own mistakes are not logged, nor is any name.
 */
public final class Failures {

  private static final Duration RETRY_AFTER = Duration.ofMillis(500);

  private static final Logger log = LoggerFactory.getLogger(Failures.class);

  private final EpisodeLog storeFailures =
      new EpisodeLog(log, 1, "calls fail", "calls no longer fail", System::nanoTime);

  /** Records a call that did not fail. */
  void succeeded() {
    storeFailures.succeeded();
  }

  /**
   * Returns the status to answer a failed call with.
   *
   * @param isChange whether the call was to change something
   * @param trace whose ids the log lines show
   */
  StatusRuntimeException status(Throwable failure, boolean isChange, Trace trace) {
    Map<String, String> ids = trace.ids();
    ids.forEach(MDC::put);
    try {
      return status(failure, isChange);
    } finally {
      ids.keySet().forEach(MDC::remove);
    }
  }

  private StatusRuntimeException status(Throwable failure, boolean isChange) {
    Throwable cause = Futures.cause(failure);
    if (cause instanceof AccountException account) {
      Throwable reason = account.getCause();
      if (reason != null) {
        storeFailures.failed(() -> account.error() + ": " + Futures.describe(reason));
      }
      return ErrorTable.status(account.error(), isChange);
    }
    // The time ran out while no outbound call was in flight to notice it; or the caller is gone,
    // and nobody reads this.
    if (cause instanceof CancellationException) {
      return ErrorTable.status(new StoreUnavailable(RETRY_AFTER), isChange);
    }
    String id = UUID.randomUUID().toString();
    log.error("internal error {}", id, cause);
    return ErrorTable.internal(id);
  }
}
