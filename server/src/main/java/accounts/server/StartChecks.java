package accounts.server;

import accounts.async.Futures;
import accounts.domain.AccountException;
import accounts.freshness.FleetGuard;
import accounts.server.config.ConfigurationException;
import accounts.store.dynamodb.TableCheck;
import io.github.resilience4j.retry.Retry;
import io.github.resilience4j.retry.RetryConfig;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletionException;
import java.util.function.Function;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Checks the table and the settings that the instances share before the server takes calls.
 * DynamoDB and its table may still be starting when the server does, so each check is repeated for
 * a while.
 */
final class StartChecks {

  private static final Logger log = LoggerFactory.getLogger(StartChecks.class);

  /** How long DynamoDB may be unreachable before the server gives up. */
  private static final Duration STORE_TIMEOUT = Duration.ofSeconds(30);

  /** How long the table may be missing or wrong before the server gives up. */
  private static final Duration TABLE_TIMEOUT = Duration.ofSeconds(3);

  private static final Duration PAUSE = Duration.ofMillis(100);

  private StartChecks() {}

  /**
   * Returns the table's id once the table is as the server needs it.
   *
   * @throws ConfigurationException if it still is not after a few seconds
   * @throws StartException if DynamoDB cannot be reached
   */
  static String tableId(TableCheck check) throws ConfigurationException, StartException {
    TableCheck.Table table =
        repeated(() -> check.check().join(), TableCheck.Table::faults, TABLE_TIMEOUT);
    return table.id();
  }

  /**
   * Compares this instance's settings with those of the fleet: an instance with others would
   * answer, or acknowledge, what is not fresh.
   *
   * @throws ConfigurationException if they differ
   * @throws StartException if DynamoDB cannot be reached
   */
  static void settings(FleetGuard guard) throws ConfigurationException, StartException {
    repeated(() -> guard.differences().join(), Function.identity(), Duration.ZERO);
  }

  private static <T> T repeated(
      Supplier<T> check, Function<T, List<String>> faults, Duration faultsTimeout)
      throws ConfigurationException, StartException {
    long began = System.nanoTime();
    Retry retry =
        Retry.of(
            "start",
            RetryConfig.<T>custom()
                .maxAttempts(Integer.MAX_VALUE)
                .waitDuration(PAUSE)
                .retryOnResult(
                    result -> !faults.apply(result).isEmpty() && isWithin(faultsTimeout, began))
                .retryOnException(
                    failure -> isUnreachable(failure) && isWithin(STORE_TIMEOUT, began))
                .build());
    warnOnce(retry, began);
    try {
      T result = retry.executeSupplier(check);
      if (!faults.apply(result).isEmpty()) {
        throw new ConfigurationException(faults.apply(result));
      }
      return result;
    } catch (CompletionException e) {
      throw new StartException("store: " + Futures.describe(e), e);
    }
  }

  private static void warnOnce(Retry retry, long began) {
    boolean[] warned = {false}; // one thread checks
    retry
        .getEventPublisher()
        .onRetry(event -> {
          Throwable failure = event.getLastThrowable();
          if (failure != null && !warned[0] && !isWithin(TABLE_TIMEOUT, began)) {
            log.warn("DynamoDB does not answer, still trying: {}", Futures.describe(failure));
            warned[0] = true;
          }
        });
  }

  private static boolean isUnreachable(Throwable failure) {
    return failure instanceof CompletionException && failure.getCause() instanceof AccountException;
  }

  private static boolean isWithin(Duration limit, long began) {
    return System.nanoTime() - began <= limit.toNanos();
  }
}
