package accounts.grpc;

import accounts.domain.AccountError.StoreUnavailable;
import accounts.domain.AccountError.WatchNotOffered;
import accounts.domain.AccountException;
import accounts.watch.Watches;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/**
 * The watches that this instance offers.
 *
 * @param open empty if it offers none
 * @param tableId the id of the table whose feed they read; may complete later
 */
public record WatchOffer(Optional<Watches> open, CompletableFuture<String> tableId) {

  private static final Duration RETRY_AFTER = Duration.ofMillis(500);

  /**
   * Returns the watches.
   *
   * @throws AccountException with {@link WatchNotOffered} if there are none
   */
  Watches watches() {
    return open.orElseThrow(() -> new AccountException(new WatchNotOffered()));
  }

  /**
   * Returns the table's short name in tokens.
   *
   * @throws AccountException with {@link StoreUnavailable} if the table is not known yet
   */
  String table() {
    if (!tableId.isDone() || tableId.isCompletedExceptionally()) {
      throw new AccountException(new StoreUnavailable(RETRY_AFTER));
    }
    return WatchToken.nameOf(tableId.resultNow());
  }
}
