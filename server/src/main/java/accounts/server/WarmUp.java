package accounts.server;

import accounts.async.CallScope;
import accounts.async.Futures;
import accounts.domain.EntityKey.UserKey;
import accounts.domain.Username;
import accounts.service.EntityReader;
import accounts.service.ReadOptions;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.BooleanSupplier;
import java.util.stream.IntStream;

/**
 * Reads before the server takes calls: first until there is a lease on the epochs, since without
 * one callers' reads would all go to the store; then a number of misses, so that the first callers
 * do not wait for connections, class loading and uncompiled code. A server that starts under load
 * would otherwise be slow for everything at once: its calls of the cache time out, and each becomes
 * another read of the store.
 */
final class WarmUp {

  /** Longer than it takes to get a lease; the server works without one, too. */
  private static final int LEASES = 2;

  /** About two hundred reads until there is a lease: enough to warm up, few for the store. */
  private static final Duration PAUSE = Duration.ofMillis(5);

  /** After about this many the compiler has seen what a read runs. */
  static final int MISSES = 300;

  private static final int AT_ONCE = 4;

  private static final UserKey NOBODY = new UserKey(new Username("warm-up"));

  private WarmUp() {}

  /**
   * Reads until there is a lease, but at most for {@value #LEASES} times its length; then {@value
   * #MISSES} misses.
   *
   * @param longest how long the misses may take
   */
  static void run(EntityReader reads, BooleanSupplier hasLease, Duration lease, Duration longest)
      throws InterruptedException {
    CallScope scope = CallScope.of(lease.multipliedBy(LEASES));
    do {
      read(reads, NOBODY, scope).join();
      Thread.sleep(PAUSE);
    } while (!hasLease.getAsBoolean() && !scope.isOver());
    miss(reads, CallScope.of(longest));
  }

  /** The users do not exist, and no other instance asks for them. */
  private static void miss(EntityReader reads, CallScope scope) {
    String own = "warm-up-" + HexFormat.of().toHexDigits(ThreadLocalRandom.current().nextInt());
    for (int i = 0; i < MISSES && !scope.isOver(); i += AT_ONCE) {
      Futures.allOf(
              IntStream.range(i, i + AT_ONCE)
                  .mapToObj(n -> read(reads, new UserKey(new Username(own + "-" + n)), scope))
                  .toList())
          .join();
    }
  }

  private static CompletableFuture<Void> read(EntityReader reads, UserKey key, CallScope scope) {
    return reads
        .getAll(List.of(key), ReadOptions.DEFAULT, scope)
        .handle((results, failure) -> null);
  }
}
