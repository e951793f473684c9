package accounts.cache;

import accounts.async.CallScope;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** A {@link CellCache} for tests: answers at once on the calling thread, and does as it is told. */
public final class InMemoryCellCache implements CellCache {

  /** A recorded call. */
  public record Call(String name, List<CellKey> keys) {}

  /** A state is itself and no other. */
  private static final class State implements CellVersion {
    private final Cell cell;

    State(Cell cell) {
      this.cell = cell;
    }
  }

  private final Map<CellKey, State> states = new HashMap<>();
  private final List<Call> calls = new ArrayList<>();
  private Predicate<String> unavailable = call -> false;
  private BooleanSupplier answersLost = () -> false;
  private Runnable beforeSwap = () -> {};
  private Function<String, CompletableFuture<Void>> gate =
      call -> CompletableFuture.completedFuture(null);

  /** Has calls not be answered, nor done. */
  public synchronized void unavailable(Predicate<String> names) {
    unavailable = names;
  }

  /** Has swaps be done and not be answered. */
  public synchronized void answersLost(BooleanSupplier lost) {
    answersLost = lost;
  }

  /** Runs something, once, before the next swap is done. */
  public synchronized void beforeSwap(Runnable action) {
    beforeSwap =
        () -> {
          beforeSwap = () -> {};
          action.run();
        };
  }

  /** Has calls, which are done at once, be answered when a future completes. */
  public synchronized void answeredAfter(Function<String, CompletableFuture<Void>> gates) {
    gate = gates;
  }

  /** Loses everything, as a cache may at any time. */
  public synchronized void flush() {
    states.clear();
  }

  /** Returns the calls so far. */
  public synchronized List<Call> calls() {
    return List.copyOf(calls);
  }

  /** Forgets the calls so far. */
  public synchronized void clearCalls() {
    calls.clear();
  }

  /** Returns what a key's cell is, whatever else is going on. */
  public synchronized CellAnswer peek(CellKey key) {
    return answer(key);
  }

  /** Puts a cell, whatever was there. */
  public synchronized void put(CellKey key, Cell cell) {
    states.put(key, new State(cell));
  }

  @Override
  public synchronized CompletableFuture<CellAnswer> get(CellKey key, CallScope scope) {
    boolean answered = arrived("get", List.of(key));
    return gated("get", answered ? answer(key) : new CellAnswer.Unavailable());
  }

  @Override
  public synchronized CompletableFuture<List<CellAnswer>> getAll(
      List<CellKey> keys, CallScope scope) {
    boolean answered = arrived("getAll", List.copyOf(keys));
    List<CellAnswer> answers =
        keys.stream().map(key -> answered ? answer(key) : new CellAnswer.Unavailable()).toList();
    return gated("getAll", answers);
  }

  private <T> CompletableFuture<T> gated(String call, T answer) {
    return gate.apply(call).thenApply(opened -> answer);
  }

  private boolean arrived(String call, List<CellKey> keys) {
    calls.add(new Call(call, keys));
    return !unavailable.test(call);
  }

  private CellAnswer answer(CellKey key) {
    State state = states.get(key);
    return state == null ? new CellAnswer.Nothing() : new CellAnswer.Seen(state.cell, state);
  }

  @Override
  public synchronized CompletableFuture<SwapResult> putIfAbsent(
      CellKey key, Cell next, CallScope scope) {
    return swap("putIfAbsent", key, null, next);
  }

  @Override
  public synchronized CompletableFuture<SwapResult> replace(
      CellKey key, CellVersion expected, Cell next, CallScope scope) {
    return swap("replace", key, expected, next);
  }

  private CompletableFuture<SwapResult> swap(
      String call, CellKey key, @Nullable CellVersion expected, Cell next) {
    return gated(
        call,
        arrived(call, List.of(key)) ? swap(key, expected, next) : new SwapResult.Unavailable());
  }

  private SwapResult swap(CellKey key, @Nullable CellVersion expected, Cell next) {
    beforeSwap.run();
    if (states.get(key) != expected) {
      return new SwapResult.Mismatch();
    }
    State state = new State(next);
    states.put(key, state);
    return answersLost.getAsBoolean()
        ? new SwapResult.Unavailable()
        : new SwapResult.Swapped(state);
  }
}
