package accounts.read;

import accounts.async.Futures;
import accounts.async.Trace;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Coalesces loads of the same key (single-flight). For each key at most one load runs and one waits
 * for it to end. A caller joins a load only if it begins after the caller arrived: an earlier load
 * may have read before a write that the caller must see.
 *
 * <p>Its size is bounded by the keys being loaded: an entry is removed when its load ends.
 */
public final class Coalescer<K, V> {

  private final Map<K, Load<V>> running = new HashMap<>();
  private final LongSupplier nanoTime;
  private final ReadObserver observer;

  /** One load. Its fields but the result are guarded by the coalescer. */
  private static final class Load<V> {

    private final CompletableFuture<V> result = new CompletableFuture<>();
    private final Trace trace;
    private final Supplier<CompletableFuture<V>> work;
    private long began;
    private @Nullable Load<V> next;

    private Load(Trace trace, Supplier<CompletableFuture<V>> work) {
      this.trace = trace;
      this.work = work;
    }
  }

  /**
   * @param nanoTime the clock of {@code arrivedAt}
   */
  public Coalescer(LongSupplier nanoTime, ReadObserver observer) {
    this.nanoTime = nanoTime;
    this.observer = observer;
  }

  /**
   * Returns the result of a load that begins after {@code arrivedAt}, started now or shared.
   *
   * @param arrivedAt when the caller arrived, in nanoseconds of this coalescer's clock
   * @param trace the caller's place; it waits for that of the load's first caller, if that is
   *     another
   * @param work the load
   * @return a copy of the shared result: completing or cancelling it touches nobody else
   */
  public CompletableFuture<V> load(
      K key, long arrivedAt, Trace trace, Supplier<CompletableFuture<V>> work) {
    Load<V> load;
    boolean starts = false;
    boolean joins = false;
    synchronized (this) {
      Load<V> present = running.get(key);
      if (present == null) {
        load = new Load<>(trace, work);
        run(key, load);
        starts = true;
      } else if (mayJoin(present, arrivedAt)) {
        load = present;
        joins = true;
      } else {
        joins = present.next != null;
        load = waiting(present, trace, work);
      }
    }
    if (starts) {
      start(key, load);
    } else if (joins) {
      observer.loadJoined();
      trace.waitsFor(load.trace);
    }
    return load.result.copy();
  }

  private static boolean mayJoin(Load<?> load, long arrivedAt) {
    return load.began - arrivedAt > 0;
  }

  private static <V> Load<V> waiting(
      Load<V> present, Trace trace, Supplier<CompletableFuture<V>> work) {
    if (present.next == null) {
      present.next = new Load<>(trace, work);
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
    observer.loadStarted();
    var unused =
        Futures.started(load.work)
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

  /** Returns how many keys are being loaded. */
  synchronized int inFlight() {
    return running.size();
  }
}
