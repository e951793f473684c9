package accounts.cache;

import accounts.domain.EntityKey;
import accounts.store.AccountStore;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.LongSupplier;

/** A {@link ReadAside} of one instance, and what stands around it. */
public final class ReadSide {

  private static final Duration PATIENCE = Duration.ofSeconds(20);

  private static final ScheduledExecutorService TIMER =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().daemon().name("test-timer").factory());

  public final RecordingBarrier barrier = new RecordingBarrier();
  public final ReadAside reads;

  public ReadSide(AccountCache cache, AccountStore store) {
    this(cache, store, System::nanoTime);
  }

  public ReadSide(AccountCache cache, AccountStore store, LongSupplier nanoTime) {
    this(cache, store, nanoTime, TIMER);
  }

  public ReadSide(
      AccountCache cache,
      AccountStore store,
      LongSupplier nanoTime,
      ScheduledExecutorService timer) {
    this.reads = over(cache, store, barrier, PATIENCE, nanoTime, timer);
  }

  /** Returns a {@link ReadAside} with a barrier of its own. */
  public static ReadAside over(AccountCache cache, AccountStore store, Barrier barrier) {
    return over(cache, store, barrier, PATIENCE);
  }

  /** As {@link #over(AccountCache, AccountStore, Barrier)}, for loads that take no longer. */
  public static ReadAside over(
      AccountCache cache, AccountStore store, Barrier barrier, Duration patience) {
    return over(cache, store, barrier, patience, System::nanoTime, TIMER);
  }

  private static ReadAside over(
      AccountCache cache,
      AccountStore store,
      Barrier barrier,
      Duration patience,
      LongSupplier nanoTime,
      ScheduledExecutorService timer) {
    return new ReadAside(
        cache,
        store,
        barrier,
        patience,
        Duration.ZERO,
        nanoTime,
        timer,
        new Coalescer<EntityKey<?>, Reading<?>>(nanoTime, true));
  }
}
