package accounts.cache;

import accounts.async.CallScope;
import accounts.domain.EntityKey;
import accounts.domain.Lookup;
import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * Stops asking a cache that does not answer, for a while, so that nobody waits for it in vain.
 * Every so often a few calls are let through; when they are answered, all are.
 */
public final class BreakingCache implements AccountCache {

  private final AccountCache cache;
  private final CircuitBreaker breaker;

  public BreakingCache(AccountCache cache, CircuitBreaker breaker) {
    this.cache = cache;
    this.breaker = breaker;
  }

  @Override
  public CompletableFuture<Map<EntityKey<?>, CacheAnswer>> getAll(
      Collection<EntityKey<?>> keys, CallScope scope) {
    return guarded(
        () -> cache.getAll(keys, scope),
        answers -> answers.containsValue(new CacheAnswer.Unavailable()),
        () -> unavailable(keys));
  }

  private static Map<EntityKey<?>, CacheAnswer> unavailable(Collection<EntityKey<?>> keys) {
    Map<EntityKey<?>, CacheAnswer> answers = new HashMap<>();
    keys.forEach(key -> answers.put(key, new CacheAnswer.Unavailable()));
    return answers;
  }

  @Override
  public CompletableFuture<Advance> start(EntityKey<?> key, Stamp seen, CallScope scope) {
    return advance(() -> cache.start(key, seen, scope));
  }

  @Override
  public CompletableFuture<Advance> advance(EntityKey<?> key, Stamp seen, CallScope scope) {
    return advance(() -> cache.advance(key, seen, scope));
  }

  private CompletableFuture<Advance> advance(Supplier<CompletableFuture<Advance>> call) {
    return guarded(
        call, advance -> advance instanceof Advance.Unavailable, Advance.Unavailable::new);
  }

  @Override
  public CompletableFuture<Void> fill(
      EntityKey<?> key, Lookup<?> lookup, Stamp stamp, CallScope scope) {
    // Says nothing of the weather, being nobody's business how it ends.
    return breaker.getState() == CircuitBreaker.State.CLOSED
        ? cache.fill(key, lookup, stamp, scope)
        : CompletableFuture.completedFuture(null);
  }

  @Override
  public CompletableFuture<LeaseAnswer> lease(EntityKey<?> key, Stamp stamp, CallScope scope) {
    return guarded(
        () -> cache.lease(key, stamp, scope),
        answer -> answer == LeaseAnswer.UNAVAILABLE,
        () -> LeaseAnswer.UNAVAILABLE);
  }

  private <T> CompletableFuture<T> guarded(
      Supplier<CompletableFuture<T>> call, Function<T, Boolean> failed, Supplier<T> instead) {
    if (!breaker.tryAcquirePermission()) {
      return CompletableFuture.completedFuture(instead.get());
    }
    long began = breaker.getCurrentTimestamp();
    return call.get()
        .thenApply(result -> {
          long took = breaker.getCurrentTimestamp() - began;
          if (failed.apply(result)) {
            breaker.onError(took, TimeUnit.NANOSECONDS, new NoAnswerException());
          } else {
            breaker.onResult(took, TimeUnit.NANOSECONDS, result);
          }
          return result;
        });
  }

  /** For the breaker, which counts failures by exceptions. */
  private static final class NoAnswerException extends Exception {
    NoAnswerException() {
      super("the cache did not answer", null, false, false);
    }
  }
}
