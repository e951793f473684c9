package accounts.cache;

import accounts.async.CallScope;
import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.function.Supplier;

/**
 * Circuit breaker for reads of the cache: stops calling a cache that does not answer, so that
 * callers do not wait for it. Now and then a few trial calls are let through; once they succeed,
 * all calls are.
 */
public final class CircuitBreakingCache implements CellCache {

  private final CellCache delegate;
  private final CircuitBreaker breaker;

  public CircuitBreakingCache(CellCache delegate, CircuitBreaker breaker) {
    this.delegate = delegate;
    this.breaker = breaker;
  }

  @Override
  public CompletableFuture<CellAnswer> get(CellKey key, CallScope scope) {
    return guarded(
        scope,
        () -> delegate.get(key, scope),
        answer -> answer instanceof CellAnswer.Unavailable,
        CellAnswer.Unavailable::new);
  }

  @Override
  public CompletableFuture<List<CellAnswer>> getAll(List<CellKey> keys, CallScope scope) {
    return guarded(
        scope,
        () -> delegate.getAll(keys, scope),
        answers -> answers.contains(new CellAnswer.Unavailable()),
        () -> Collections.nCopies(keys.size(), new CellAnswer.Unavailable()));
  }

  @Override
  public CompletableFuture<SwapResult> putIfAbsent(CellKey key, Cell next, CallScope scope) {
    return swapped(scope, () -> delegate.putIfAbsent(key, next, scope));
  }

  @Override
  public CompletableFuture<SwapResult> replace(
      CellKey key, CellVersion expected, Cell next, CallScope scope) {
    return swapped(scope, () -> delegate.replace(key, expected, next, scope));
  }

  private CompletableFuture<SwapResult> swapped(
      CallScope scope, Supplier<CompletableFuture<SwapResult>> call) {
    return guarded(
        scope,
        call,
        result -> result instanceof SwapResult.Unavailable,
        SwapResult.Unavailable::new);
  }

  private <T> CompletableFuture<T> guarded(
      CallScope scope,
      Supplier<CompletableFuture<T>> call,
      Predicate<T> failed,
      Supplier<T> instead) {
    if (!breaker.tryAcquirePermission()) {
      return CompletableFuture.completedFuture(instead.get());
    }
    long began = breaker.getCurrentTimestamp();
    return call.get()
        .thenApply(result -> {
          record(scope, failed.test(result), breaker.getCurrentTimestamp() - began);
          return result;
        });
  }

  private void record(CallScope scope, boolean failed, long took) {
    if (!failed) {
      breaker.onSuccess(took, TimeUnit.NANOSECONDS);
    } else if (scope.isOver()) {
      // The caller left, or had no time: that says nothing of the cache.
      breaker.releasePermission();
    } else {
      breaker.onError(took, TimeUnit.NANOSECONDS, new NoAnswerException());
    }
  }

  /** Tells the breaker, which counts exceptions, that the cache was unavailable. */
  private static final class NoAnswerException extends Exception {
    NoAnswerException() {
      super("the cache did not answer", null, false, false);
    }
  }
}
