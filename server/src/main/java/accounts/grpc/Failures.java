package accounts.grpc;

import accounts.async.Futures;
import accounts.domain.AccountError.StoreUnavailable;
import accounts.domain.AccountException;
import io.grpc.StatusRuntimeException;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.CancellationException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Turns failed calls into statuses, and logs those that are the service's fault, one line each. A
 * caller's own mistakes are not logged, nor is any name.
 */
public final class Failures {

  private static final Duration RETRY_AFTER = Duration.ofMillis(500);

  private static final Logger log = LoggerFactory.getLogger(Failures.class);

  /** Returns the status to answer a failed call with. */
  StatusRuntimeException status(Throwable failure) {
    Throwable cause = Futures.cause(failure);
    if (cause instanceof AccountException account) {
      Throwable reason = account.getCause();
      if (reason != null) {
        log.warn("{}: {}", account.error(), Futures.describe(reason));
      }
      return ErrorTable.status(account.error());
    }
    // The time ran out while no outbound call was in flight to notice it; or the caller is gone,
    // and
    // nobody reads this.
    if (cause instanceof CancellationException) {
      return ErrorTable.status(new StoreUnavailable(RETRY_AFTER));
    }
    String id = UUID.randomUUID().toString();
    log.error("internal error {}", id, cause);
    return ErrorTable.internal(id);
  }
}
