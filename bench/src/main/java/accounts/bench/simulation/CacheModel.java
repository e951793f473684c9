package accounts.bench.simulation;

import accounts.cache.Cell;
import accounts.cache.CellAnswer;
import accounts.cache.CellKey;
import accounts.cache.CellVersion;
import accounts.cache.SwapResult;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** What is stored in Momento, with its times to live, and the calls that it got. */
final class CacheModel {

  /** As in {@code MomentoCellCache}. */
  private static final Duration LOADING_TTL = Duration.ofMinutes(1);

  private final EventLoop loop;
  private final Duration ttl;
  private final double jitter;
  private final RandomGenerator random;
  private final Map<CellKey, State> states = new HashMap<>();
  private final Rate gets;
  private final Rate swaps;

  /** A state is itself and no other. */
  private static final class State implements CellVersion {
    private final Cell cell;
    private final long expiresAt;

    State(Cell cell, long expiresAt) {
      this.cell = cell;
      this.expiresAt = expiresAt;
    }
  }

  /**
   * @param ttl how long an answer is kept
   * @param jitter each answer is kept for a time between {@code ttl × (1 - jitter)} and {@code ttl}
   */
  CacheModel(EventLoop loop, Duration ttl, double jitter, RandomGenerator random) {
    this.loop = loop;
    this.ttl = ttl;
    this.jitter = jitter;
    this.random = random;
    this.gets = new Rate(loop);
    this.swaps = new Rate(loop);
  }

  private @Nullable State present(CellKey key) {
    State state = states.get(key);
    return state == null || loop.nanoTime() - state.expiresAt >= 0 ? null : state;
  }

  CellAnswer get(CellKey key) {
    gets.add(1);
    State state = present(key);
    return state == null ? new CellAnswer.Nothing() : new CellAnswer.Seen(state.cell, state);
  }

  /** Puts a cell if its key is in this state; nothing is a state, too. */
  SwapResult swap(CellKey key, @Nullable CellVersion expected, Cell next) {
    swaps.add(1);
    return present(key) == expected
        ? new SwapResult.Swapped(put(key, next))
        : new SwapResult.Mismatch();
  }

  /** Puts a cell, whatever is there. */
  CellVersion set(CellKey key, Cell next) {
    swaps.add(1);
    return put(key, next);
  }

  private State put(CellKey key, Cell next) {
    State state = new State(next, loop.nanoTime() + timeToLive(next));
    states.put(key, state);
    return state;
  }

  private long timeToLive(Cell cell) {
    if (cell instanceof Cell.Loading) {
      return LOADING_TTL.toNanos();
    }
    return jitter > 0 ? (long) (ttl.toNanos() * (1 - jitter * random.nextDouble())) : ttl.toNanos();
  }

  /** Puts an answer that was there before the simulation began, and has lived for a while. */
  void preload(CellKey key, Cell.Value value, double livedShare) {
    long left = (long) (timeToLive(value) * (1 - livedShare));
    states.put(key, new State(value, loop.nanoTime() + left));
  }

  /** Loses everything. */
  void flush() {
    states.clear();
  }

  /** Loses one cell. */
  void forget(CellKey key) {
    states.remove(key);
  }

  /** Returns the reads of one item. */
  Rate gets() {
    return gets;
  }

  /** Returns the changes of one item. */
  Rate swaps() {
    return swaps;
  }
}
