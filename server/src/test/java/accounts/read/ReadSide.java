package accounts.read;

import accounts.async.ManualTimer;
import accounts.cache.CellCache;
import accounts.domain.EntityKey;
import accounts.freshness.CellReads;
import accounts.freshness.CellStep;
import accounts.freshness.CommitStep;
import accounts.freshness.Escalation;
import accounts.freshness.HeldLease;
import accounts.freshness.Notices;
import accounts.service.ReadResult;
import accounts.store.AccountStore;
import accounts.store.AdmissionQueue;
import accounts.store.FleetStates;
import accounts.store.InMemoryNoticeStore;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.function.LongSupplier;

/**
 * A {@link ReadAside} of one instance that holds the lease, and what stands around it: writes
 * through the same cache, which must not need the epochs.
 */
public final class ReadSide {

  public static final String INCARNATION = "first";
  public static final long EPOCH = 10;

  static final Duration STORE_TIMEOUT = Duration.ofSeconds(20);
  private static final Duration CACHE_TIMEOUT = Duration.ofSeconds(1);

  public final HeldLease held = new HeldLease(FleetStates.state(INCARNATION, EPOCH));
  public final ReadAside reads;
  public final CommitStep commits;

  /**
   * @param timer waits for what other instances load
   */
  public ReadSide(CellCache cache, AccountStore store, LongSupplier nanoTime, ManualTimer timer) {
    this(cache, store, nanoTime, timer, ReadObserver.NONE);
  }

  public ReadSide(
      CellCache cache,
      AccountStore store,
      LongSupplier nanoTime,
      ManualTimer timer,
      ReadObserver observer) {
    this.reads =
        new ReadAside(
            new CellReads(
                cache,
                cache,
                Duration.ofSeconds(1),
                held.lease(),
                AdmissionQueue.fixed("queue", 100, 100)),
            store,
            STORE_TIMEOUT,
            CACHE_TIMEOUT,
            nanoTime,
            timer,
            new Coalescer<EntityKey<?>, ReadResult<?>>(nanoTime, observer),
            observer);
    this.commits =
        new CommitStep(
            new CellStep(cache),
            held.lease(),
            (keys, scope) ->
                CompletableFuture.failedFuture(new AssertionError("no raise without a fault")),
            new Escalation(
                new Notices(new InMemoryNoticeStore(), () -> "notice", nanoTime, timer),
                () -> false,
                Duration.ofMillis(250),
                Duration.ofSeconds(2)),
            timer);
  }
}
