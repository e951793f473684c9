package accounts.freshness;

import accounts.async.CallScope;
import accounts.async.Futures;
import accounts.freshness.EpochLease.Moment;
import accounts.freshness.EpochLease.Verdict;
import accounts.store.FleetState;
import accounts.store.FleetStateStore;
import accounts.store.FleetStateStore.Found;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Renews an {@link EpochLease} by reading the fleet's state periodically, and mints a new
 * incarnation if the state was lost, damaged, rolled back, or belongs to another table. There is no
 * lease as long as the table's id is not known.
 *
 * <p>While the store answers at once, every other period does without a read. While it is slow, or
 * an answer is missing, a read begins in each, so that they overlap.
 */
public final class EpochRenewal {

  private static final Logger log = LoggerFactory.getLogger(EpochRenewal.class);

  /**
   * Periods in the length of a lease, and the most reads: the lease stays without a gap while reads
   * take less than 7/8 of it; 6/8 where one is lost, or when they have only begun to; 5/8 where
   * both come together.
   */
  private static final int PERIODS = 8;

  /** After how many periods a read is due; not whole, since no timer is exact. */
  private static final double DUE_AFTER = 1.5;

  /**
   * However short the lease is: a server's first request to a new table takes as long. One that
   * comes late does no harm, since it replaces only what was found.
   */
  private static final Duration LEAST_FOR_MINTING = Duration.ofSeconds(2);

  private final FleetStateStore store;
  private final EpochLease lease;
  private final Minter minter;
  private final Duration mintingTime;
  private final Duration period;
  private final Duration dueAfter;
  private final Duration timeout;
  private final LeaseLog leaseLog;
  private final CompletableFuture<Void> first = new CompletableFuture<>();
  private final AtomicBoolean minting = new AtomicBoolean();
  private volatile List<String> differences = List.of();

  /**
   * @param store on a client of its own, so that renewals wait for nothing else
   * @param minter has the settings of this instance
   * @param length of the lease
   */
  public EpochRenewal(FleetStateStore store, EpochLease lease, Minter minter, Duration length) {
    this.store = store;
    this.lease = lease;
    this.minter = minter;
    this.mintingTime = length.compareTo(LEAST_FOR_MINTING) > 0 ? length : LEAST_FOR_MINTING;
    this.period = length.dividedBy(PERIODS);
    this.dueAfter = Duration.ofNanos((long) (DUE_AFTER * period.toNanos()));
    // A slow read does no harm while others overlap it: it may take nearly a lease. One that takes
    // all of it is worth nothing any more, and half a period is left to make use of what was read.
    this.timeout = length.minus(period.dividedBy(2));
    this.leaseLog = new LeaseLog(log, length);
  }

  /**
   * Reads the fleet's state from now on until the timer is shut down.
   *
   * @param timer with a thread of its own, so that renewals wait for nothing else
   * @return completes when the first read was answered, and if need be an incarnation minted; never
   *     fails
   */
  public CompletableFuture<Void> start(ScheduledExecutorService timer) {
    var unused =
        timer.scheduleAtFixedRate(this::renewInTime, 0, period.toNanos(), TimeUnit.NANOSECONDS);
    return first.copy();
  }

  private void renewInTime() {
    try {
      leaseLog.check(lease.now().nanos());
      if (!lease.isYoungerThan(dueAfter)) {
        var unused = renew();
      }
    } catch (RuntimeException | Error e) { // one that got away would end the renewals for good
      log.warn("epochs not read", e);
    }
  }

  /** Reads the fleet's state once. Never fails: while it cannot be read, the lease lapses. */
  CompletableFuture<Void> renew() {
    Moment began = lease.now();
    return store
        .read(CallScope.of(timeout))
        .thenCompose(found -> took(found, began, lease.now()))
        .thenAccept(nothing -> first.complete(null))
        .exceptionally(failure -> {
          log.debug("epochs not renewed", failure);
          return null;
        });
  }

  private CompletableFuture<Void> took(Found found, Moment began, Moment ended) {
    if (!minter.knowsTable()) {
      // The state may be another table's, whose cells are not for this one.
      return CompletableFuture.completedFuture(null);
    }
    if (found.state().isEmpty()) {
      return mint(found, found.incarnation().isEmpty() ? Cause.MISSING : Cause.DAMAGED);
    }
    FleetState state = found.state().get();
    if (!minter.isOfThisTable(state)) {
      return mint(found, Cause.OTHER_TABLE);
    }
    List<String> differ = minter.settings().differencesFrom(state.settings());
    logDifferences(differ);
    if (!differ.isEmpty()) {
      lease.drop();
      return CompletableFuture.completedFuture(null);
    }
    return switch (lease.confirm(state, began, ended)) {
      case Verdict.CONFIRMED -> {
        if (lease.view().isPresent()) {
          leaseLog.held(ended.nanos());
        }
        yield CompletableFuture.completedFuture(null);
      }
      case Verdict.ROLLED_BACK -> mint(found, Cause.ROLLED_BACK);
    };
  }

  private void logDifferences(List<String> differ) {
    if (!differ.equals(differences)) {
      differences = differ;
      if (differ.isEmpty()) {
        log.info("settings match the fleet's again: the cache is used");
      } else {
        log.warn(
            "settings differ from the fleet's, the cache is not used: {}",
            String.join("; ", differ));
      }
    }
  }

  /** Why an incarnation is minted. */
  private enum Cause {
    MISSING("the table has no state of the fleet"),
    DAMAGED("the fleet's state is damaged"),
    OTHER_TABLE("the fleet's state belongs to another table: this one was restored or copied"),
    ROLLED_BACK("the fleet's state was rolled back");

    private final String text;

    Cause(String text) {
      this.text = text;
    }
  }

  /** Other instances may do the same at this moment; the store lets one of them win. */
  private CompletableFuture<Void> mint(Found found, Cause cause) {
    if (!minting.compareAndSet(false, true)) {
      return CompletableFuture.completedFuture(null);
    }
    FleetState next = minter.mint();
    return store
        .replace(found.incarnation(), next, CallScope.of(mintingTime))
        .<Void>handle((done, failure) -> {
          minting.set(false);
          logMint(cause, found.incarnation(), next.incarnation(), done, failure);
          return null;
        });
  }

  private static String describe(@Nullable Throwable failure) {
    return failure == null ? "no answer" : Futures.describe(failure);
  }

  private static void logMint(
      Cause cause,
      Optional<String> found,
      String next,
      @Nullable Boolean done,
      @Nullable Throwable failure) {
    if (done == null) {
      log.warn("{}, and no incarnation was minted: {}", cause.text, describe(failure));
    } else if (done && cause == Cause.MISSING) {
      log.info("incarnation {} minted: {}", next, cause.text);
    } else if (done) {
      log.warn("incarnation {} minted to replace {}: {}", next, found.orElse("?"), cause.text);
    } else {
      log.info("{}; another instance has minted an incarnation", cause.text);
    }
  }
}
