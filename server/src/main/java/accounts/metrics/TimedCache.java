package accounts.metrics;

import accounts.async.CallScope;
import accounts.cache.Cell;
import accounts.cache.CellAnswer;
import accounts.cache.CellCache;
import accounts.cache.CellKey;
import accounts.cache.CellVersion;
import accounts.cache.SwapResult;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** Times the calls of Momento. */
final class TimedCache implements CellCache {

  private enum Call {
    GET,
    GET_ALL,
    PUT_IF_ABSENT,
    REPLACE
  }

  private enum Result {
    ANSWERED,
    UNAVAILABLE;

    static Result of(boolean answered) {
      return answered ? ANSWERED : UNAVAILABLE;
    }
  }

  /** The times of all caches of a server. */
  static final class Times {

    private final CallTimes<Call, Result> times;

    Times(PrometheusRegistry registry) {
      times =
          new CallTimes<>(
              registry,
              "accounts_momento_call_duration_seconds",
              "Duration of calls of Momento, by call and whether they were answered.",
              Call.class,
              Result.class);
    }
  }

  private final CellCache delegate;
  private final CallTimes<Call, Result> times;

  TimedCache(CellCache delegate, Times times) {
    this.delegate = delegate;
    this.times = times.times;
  }

  @Override
  public CompletableFuture<CellAnswer> get(CellKey key, CallScope scope) {
    long began = System.nanoTime();
    return delegate
        .get(key, scope)
        .thenApply(answer -> {
          times.add(Call.GET, Result.of(isAnswer(answer)), began);
          return answer;
        });
  }

  private static boolean isAnswer(CellAnswer answer) {
    return !(answer instanceof CellAnswer.Unavailable);
  }

  @Override
  public CompletableFuture<List<CellAnswer>> getAll(List<CellKey> keys, CallScope scope) {
    long began = System.nanoTime();
    return delegate
        .getAll(keys, scope)
        .thenApply(answers -> {
          boolean answered = answers.stream().anyMatch(TimedCache::isAnswer);
          times.add(Call.GET_ALL, Result.of(answered), began);
          return answers;
        });
  }

  @Override
  public CompletableFuture<SwapResult> putIfAbsent(CellKey key, Cell next, CallScope scope) {
    return timed(Call.PUT_IF_ABSENT, System.nanoTime(), delegate.putIfAbsent(key, next, scope));
  }

  @Override
  public CompletableFuture<SwapResult> replace(
      CellKey key, CellVersion expected, Cell next, CallScope scope) {
    return timed(Call.REPLACE, System.nanoTime(), delegate.replace(key, expected, next, scope));
  }

  private CompletableFuture<SwapResult> timed(
      Call call, long began, CompletableFuture<SwapResult> swap) {
    return swap.thenApply(result -> {
      times.add(call, Result.of(!(result instanceof SwapResult.Unavailable)), began);
      return result;
    });
  }
}
