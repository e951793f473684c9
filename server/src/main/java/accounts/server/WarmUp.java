package accounts.server;

import accounts.async.CallScope;
import accounts.domain.EntityKey.UserKey;
import accounts.domain.Username;
import accounts.service.EntityReader;
import accounts.service.ReadOptions;
import java.time.Duration;
import java.util.List;
import java.util.function.BooleanSupplier;

/**
 * Reads before the server takes calls, until there is a lease on the epochs: so that the first
 * callers do not wait for connections and class loading, nor read the store because the cache may
 * not be used yet.
 */
final class WarmUp {

  /** Longer than it takes to get a lease; the server works without one, too. */
  private static final int LEASES = 2;

  /** About two hundred reads until there is a lease: enough to warm up, few for the store. */
  private static final Duration PAUSE = Duration.ofMillis(5);

  private static final UserKey NOBODY = new UserKey(new Username("warm-up"));

  private WarmUp() {}

  /** Returns when there is a lease, or after {@value #LEASES} times its length. */
  static void run(EntityReader reads, BooleanSupplier hasLease, Duration lease)
      throws InterruptedException {
    CallScope scope = CallScope.of(lease.multipliedBy(LEASES));
    do {
      var unused =
          reads.getAll(List.of(NOBODY), ReadOptions.DEFAULT, scope).exceptionally(f -> null).join();
      Thread.sleep(PAUSE);
    } while (!hasLease.getAsBoolean() && !scope.isOver());
  }
}
