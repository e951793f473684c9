package accounts.cache;

import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Lets callers that want the same share one load. For each key at most one load runs and one waits
 * for it to end. A caller joins a load only if that begins after the caller came: a load that began
 * before may have looked before a write that the caller must see.
 *
 * <p>Bounded by the keys that are being loaded at this moment: whatever is put is removed when its
 * load ends.
 */
public final class Coalescer<K, V> {

  private final Map<K, Load<V>> running = new HashMap<>();
  private final LongSupplier nanoTime;
  private final boolean joinRule;

  /** One load. Its fields but the result are guarded by the coalescer. */
  private static final class Load<V> {

    private final CompletableFuture<V> result = new CompletableFuture<>();
    private final Supplier<CompletableFuture<V>> work;
    private long began;
    private @Nullable Load<V> next;

    private Load(Supplier<CompletableFuture<V>> work) {
      this.work = work;
    }
  }

  /**
   * @param nanoTime the clock by which callers say when they came
   * @param joinRule whether callers keep to the rule; only the proof that it is needed passes false
   */
  public Coalescer(LongSupplier nanoTime, boolean joinRule) {
    this.nanoTime = nanoTime;
    this.joinRule = joinRule;
  }

  /**
   * Returns the result of a load that begins after {@code came}, started now or shared.
   *
   * @param came when the caller came, in nanoseconds of this coalescer's clock
   * @param now does the work if nothing runs for the key
   * @param later does the work if it has to wait for what runs
   * @return a copy of the shared result: completing or cancelling it touches nobody else
   */
  public CompletableFuture<V> load(
      K key, long came, Supplier<CompletableFuture<V>> now, Supplier<CompletableFuture<V>> later) {
    Load<V> load;
    boolean starts = false;
    synchronized (this) {
      Load<V> present = running.get(key);
      if (present == null) {
        load = new Load<>(now);
        run(key, load);
        starts = true;
      } else if (mayJoin(present, came)) {
        load = present;
      } else {
        load = waiting(present, later);
      }
    }
    if (starts) {
      start(key, load);
    }
    return load.result.copy();
  }

  private boolean mayJoin(Load<V> load, long came) {
    return !joinRule || load.began - came >= 0;
  }

  private static <V> Load<V> waiting(Load<V> present, Supplier<CompletableFuture<V>> work) {
    if (present.next == null) {
      present.next = new Load<>(work);
    }
    return present.next;
  }

  /** Called with the lock held. */
  private void run(K key, Load<V> load) {
    load.began = nanoTime.getAsLong();
    running.put(key, load);
  }

  /** Called without the lock: the work may complete at once. */
  private void start(K key, Load<V> load) {
    var unused =
        started(load.work)
            .whenComplete((value, failure) -> {
              Load<V> next = ended(key, load);
              if (failure != null) {
                load.result.completeExceptionally(failure);
              } else {
                load.result.complete(value);
              }
              if (next != null) {
                start(key, next);
              }
            });
  }

  private synchronized @Nullable Load<V> ended(K key, Load<V> load) {
    Load<V> next = load.next;
    if (next != null) {
      run(key, next);
    } else {
      running.remove(key);
    }
    return next;
  }

  private static <V> CompletableFuture<V> started(Supplier<CompletableFuture<V>> work) {
    try {
      return work.get();
    } catch (RuntimeException e) {
      return CompletableFuture.failedFuture(e);
    }
  }
}
