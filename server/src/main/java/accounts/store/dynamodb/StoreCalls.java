package accounts.store.dynamodb;

import accounts.async.CallScope;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;

/**
 * Runs the operations of a store within their callers' deadlines, and translates their failures.
 *
 * @param timeout longest time for one operation, retries included
 */
record StoreCalls(Duration timeout) {

  <T> CompletableFuture<T> run(
      CallScope scope, Function<Duration, CompletableFuture<T>> operation) {
    return scope
        .run(timeout, operation)
        .exceptionallyCompose(
            failure -> CompletableFuture.failedFuture(StoreErrors.translated(failure)));
  }
}
