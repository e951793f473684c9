package accounts.metrics;

import accounts.async.CallScope;
import accounts.cache.Cell;
import accounts.cache.CellAnswer;
import accounts.cache.CellCache;
import accounts.cache.CellKey;
import accounts.cache.CellVersion;
import accounts.cache.SwapResult;
import accounts.domain.Lookup;
import io.prometheus.metrics.core.metrics.Counter;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** Counts the cache's answers to reads and the results of changes. */
final class MeteredCache implements CellCache {

  private enum Found {
    ENTITY,
    /** A negative entry: the cached absence of an entity. */
    ABSENCE,
    OTHER_FORMAT,
    LOADING,
    INVALID,
    UNREADABLE,
    NOTHING,
    UNAVAILABLE
  }

  private enum Swap {
    SWAPPED,
    MISMATCH,
    UNAVAILABLE
  }

  private final CellCache delegate;
  private final Counts<Found> found;
  private final Counts<Swap> claims;
  private final Counts<Swap> values;
  private final Counts<Swap> invalidations;

  MeteredCache(CellCache delegate, Counter cells, Counter swaps, String user) {
    this.delegate = delegate;
    this.found = new Counts<>(cells, Found.class, user);
    this.claims = new Counts<>(swaps, Swap.class, user, "claim");
    this.values = new Counts<>(swaps, Swap.class, user, "value");
    this.invalidations = new Counts<>(swaps, Swap.class, user, "invalidation");
  }

  static Counter cells(PrometheusRegistry registry) {
    return Events.counter(
        registry,
        "accounts_cache_cells",
        "Cells read from the cache, by user (reader, writer) and content.",
        "user",
        "held");
  }

  static Counter swaps(PrometheusRegistry registry) {
    return Events.counter(
        registry,
        "accounts_cache_swaps",
        "Compare-and-sets of cells, by user (reader, writer), new content, and result.",
        "user",
        "put",
        "result");
  }

  @Override
  public CompletableFuture<CellAnswer> get(CellKey key, CallScope scope) {
    return delegate
        .get(key, scope)
        .thenApply(answer -> {
          found.add(kind(answer));
          return answer;
        });
  }

  @Override
  public CompletableFuture<List<CellAnswer>> getAll(List<CellKey> keys, CallScope scope) {
    return delegate
        .getAll(keys, scope)
        .thenApply(answers -> {
          answers.forEach(answer -> found.add(kind(answer)));
          return answers;
        });
  }

  private static Found kind(CellAnswer answer) {
    return switch (answer) {
      case CellAnswer.Seen(Cell cell, CellVersion version) -> kind(cell);
      case CellAnswer.Nothing nothing -> Found.NOTHING;
      case CellAnswer.Unavailable unavailable -> Found.UNAVAILABLE;
    };
  }

  private static Found kind(Cell cell) {
    return switch (cell) {
      case Cell.Value value ->
          value.lookup() instanceof Lookup.Absent ? Found.ABSENCE : Found.ENTITY;
      case Cell.OtherFormat other -> Found.OTHER_FORMAT;
      case Cell.Loading loading -> Found.LOADING;
      case Cell.Invalid invalid -> Found.INVALID;
      case Cell.Unreadable unreadable -> Found.UNREADABLE;
    };
  }

  @Override
  public CompletableFuture<SwapResult> putIfAbsent(CellKey key, Cell next, CallScope scope) {
    return counted(next, delegate.putIfAbsent(key, next, scope));
  }

  @Override
  public CompletableFuture<SwapResult> replace(
      CellKey key, CellVersion expected, Cell next, CallScope scope) {
    return counted(next, delegate.replace(key, expected, next, scope));
  }

  private CompletableFuture<SwapResult> counted(Cell next, CompletableFuture<SwapResult> swap) {
    Counts<Swap> counts =
        switch (next) {
          case Cell.Loading loading -> claims;
          case Cell.Value value -> values;
          case Cell.Invalid invalid -> invalidations;
          case Cell.OtherFormat other -> values;
          case Cell.Unreadable unreadable -> invalidations;
        };
    return swap.thenApply(result -> {
      counts.add(kind(result));
      return result;
    });
  }

  private static Swap kind(SwapResult result) {
    return switch (result) {
      case SwapResult.Swapped swapped -> Swap.SWAPPED;
      case SwapResult.Mismatch mismatch -> Swap.MISMATCH;
      case SwapResult.Unavailable unavailable -> Swap.UNAVAILABLE;
    };
  }
}
