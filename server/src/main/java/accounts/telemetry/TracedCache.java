package accounts.telemetry;

import accounts.async.CallScope;
import accounts.async.Trace;
import accounts.cache.Cell;
import accounts.cache.CellAnswer;
import accounts.cache.CellCache;
import accounts.cache.CellKey;
import accounts.cache.CellVersion;
import accounts.cache.SwapResult;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** Traces the calls of the cache: one span each, with the kind of the key and the outcome. */
final class TracedCache implements CellCache {

  private final CellCache delegate;

  TracedCache(CellCache delegate) {
    this.delegate = delegate;
  }

  @Override
  public CompletableFuture<CellAnswer> get(CellKey key, CallScope scope) {
    return scope.call(
        "momento.get",
        own ->
            delegate
                .get(key, own)
                .thenApply(answer -> {
                  note(own.trace(), key);
                  own.trace().note("accounts.outcome", outcome(answer));
                  return answer;
                }));
  }

  private static void note(Trace trace, CellKey key) {
    trace.note("accounts.kind", Kinds.of(key.entity()));
  }

  private static String outcome(CellAnswer answer) {
    return Kinds.of(answer instanceof CellAnswer.Seen seen ? seen.cell() : answer);
  }

  @Override
  public CompletableFuture<List<CellAnswer>> getAll(List<CellKey> keys, CallScope scope) {
    return scope.call(
        "momento.get_all",
        own -> {
          own.trace().note("accounts.keys", keys.size());
          return delegate.getAll(keys, own);
        });
  }

  @Override
  public CompletableFuture<SwapResult> putIfAbsent(CellKey key, Cell next, CallScope scope) {
    return scope.call(
        "momento.put_if_absent",
        own -> noted(delegate.putIfAbsent(key, next, own), key, next, own.trace()));
  }

  @Override
  public CompletableFuture<SwapResult> replace(
      CellKey key, CellVersion expected, Cell next, CallScope scope) {
    return scope.call(
        "momento.replace",
        own -> noted(delegate.replace(key, expected, next, own), key, next, own.trace()));
  }

  private static CompletableFuture<SwapResult> noted(
      CompletableFuture<SwapResult> swap, CellKey key, Cell next, Trace trace) {
    return swap.thenApply(result -> {
      note(trace, key);
      trace.note("accounts.put", Kinds.of(next));
      trace.note("accounts.outcome", Kinds.of(result));
      return result;
    });
  }
}
