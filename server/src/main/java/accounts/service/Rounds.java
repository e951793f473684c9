package accounts.service;

import accounts.domain.AccountError.StoreThrottled;
import accounts.domain.AccountException;
import io.github.resilience4j.core.IntervalFunction;
import io.github.resilience4j.retry.Retry;
import io.github.resilience4j.retry.RetryConfig;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.Supplier;

/** Retries what conflicted with others: a bounded number of times, with random, growing pauses. */
final class Rounds {

  private static final int MAX_ROUNDS = 15;
  private static final Duration FIRST_PAUSE = Duration.ofMillis(5);
  private static final Duration LONGEST_PAUSE = Duration.ofMillis(200);
  private static final double GROWTH = 2.0;
  private static final double SPREAD = 0.5;

  private final ScheduledExecutorService timer;
  private final Retry retry =
      Retry.of(
          "rounds",
          RetryConfig.<Optional<?>>custom()
              .maxAttempts(MAX_ROUNDS)
              .retryOnResult(Optional::isEmpty)
              .retryOnException(failure -> false)
              .intervalFunction(
                  IntervalFunction.ofExponentialRandomBackoff(
                      FIRST_PAUSE, GROWTH, SPREAD, LONGEST_PAUSE))
              .build());

  /**
   * @param timer waits between rounds; must not be blocked
   */
  Rounds(ScheduledExecutorService timer) {
    this.timer = timer;
  }

  /**
   * Returns the result of the first round that has one; fails with {@link StoreThrottled} if none
   * of them has.
   */
  <T> CompletableFuture<T> run(Supplier<CompletionStage<Optional<T>>> round) {
    return retry
        .executeCompletionStage(timer, round)
        .toCompletableFuture()
        .thenApply(result ->
            result.orElseThrow(() -> new AccountException(new StoreThrottled(LONGEST_PAUSE))));
  }
}
