package accounts.freshness;

import accounts.async.CallScope;
import accounts.async.Trace;
import accounts.cache.Cell;
import accounts.cache.CellAnswer;
import accounts.cache.CellCache;
import accounts.cache.CellKey;
import accounts.cache.CellVersion;
import accounts.cache.SwapResult;
import accounts.domain.EntityKey;
import accounts.domain.Lookup;
import accounts.store.AdmissionQueue;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/**
 * The reader's steps of the cell protocol: look up, claim, fill. An answer is accepted only if its
 * epoch is the one that this instance knows; a cell is filled only by the reader that claimed it,
 * and only if nobody has changed it since.
 */
public final class CellReads {

  /** Longer than a call of the cache can take. */
  private static final Duration LONGEST_CLAIM = Duration.ofSeconds(30);

  private final CellCache lookups;
  private final CellCache changes;
  private final Duration claimTimeout;
  private final EpochLease lease;
  private final AdmissionQueue queue;

  /**
   * @param lookups the cache with a reader's short timeout, after which the store is read instead
   * @param changes the same cache with a longer timeout, for claims and fills: a claim that was
   *     given up too early may still have succeeded, and would be left behind
   * @param claimTimeout how long a reader waits for its claim
   * @param queue bounds the lookups that run at once: the cache's timeout is for the cache, and not
   *     for the time that answers wait for a processor of this instance
   */
  public CellReads(
      CellCache lookups,
      CellCache changes,
      Duration claimTimeout,
      EpochLease lease,
      AdmissionQueue queue) {
    this.lookups = lookups;
    this.changes = changes;
    this.claimTimeout = claimTimeout;
    this.lease = lease;
    this.queue = queue;
  }

  /**
   * Looks one key up. Beyond the limit of lookups it waits for its turn.
   *
   * @return what was found. Fails with {@link accounts.domain.AccountError.Overloaded} if too many
   *     lookups are waiting already, or if this one has waited for half of the scope's time; with
   *     {@link java.util.concurrent.CancellationException} if the scope is over before its turn
   */
  public CompletableFuture<Sighting> lookUp(EntityKey<?> key, CallScope scope) {
    return queue.admit(scope, own -> lookUpNow(key, own));
  }

  private CompletableFuture<Sighting> lookUpNow(EntityKey<?> key, CallScope scope) {
    Optional<EpochView> view = lease.view();
    if (view.isEmpty()) {
      return CompletableFuture.completedFuture(new Sighting.Unavailable());
    }
    CellKey cell = view.get().cellOf(key);
    return lookups.get(cell, scope).thenApply(answer -> sighting(view.get(), cell, answer));
  }

  /**
   * Looks several keys up in one round trip.
   *
   * @return a sighting for each key, in their order; fails as {@link #lookUp} does
   */
  public CompletableFuture<List<Sighting>> lookUpAll(List<EntityKey<?>> keys, CallScope scope) {
    return queue.admit(scope, own -> lookUpAllNow(keys, own));
  }

  private CompletableFuture<List<Sighting>> lookUpAllNow(List<EntityKey<?>> keys, CallScope scope) {
    Optional<EpochView> view = lease.view();
    if (view.isEmpty()) {
      return CompletableFuture.completedFuture(
          Collections.nCopies(keys.size(), new Sighting.Unavailable()));
    }
    List<CellKey> cells = keys.stream().map(view.get()::cellOf).toList();
    return lookups
        .getAll(cells, scope)
        .thenApply(answers -> {
          List<Sighting> sightings = new ArrayList<>(cells.size());
          for (int i = 0; i < cells.size(); i++) {
            sightings.add(sighting(view.get(), cells.get(i), answers.get(i)));
          }
          return sightings;
        });
  }

  private static Sighting sighting(EpochView view, CellKey cell, CellAnswer answer) {
    return switch (answer) {
      case CellAnswer.Nothing nothing -> new Sighting.Free(view, cell, Optional.empty());
      case CellAnswer.Unavailable unavailable -> new Sighting.Unavailable();
      case CellAnswer.Seen(Cell content, CellVersion version) ->
          sighting(content, new Sighting.Free(view, cell, Optional.of(version)));
    };
  }

  private static Sighting sighting(Cell content, Sighting.Free free) {
    long epoch = free.view().epochOf(free.cell().entity());
    return switch (content) {
      case Cell.Value value when value.epoch() == epoch -> hit(value.lookup(), free);
      case Cell.Value value -> outdated(value.epoch(), epoch, free);
      case Cell.OtherFormat other -> outdated(other.epoch(), epoch, free);
      case Cell.Loading loading -> new Sighting.BeingLoaded(free);
      case Cell.Invalid invalid -> free;
      case Cell.Unreadable unreadable -> free;
    };
  }

  private static Sighting hit(Lookup<?> lookup, Sighting.Free free) {
    CellStamp stamp = new CellStamp(free.view(), free::version, lookup.revision());
    return new Sighting.Hit(lookup, stamp, free);
  }

  /**
   * An answer of a later epoch than this instance knows is valid for the instances that know it.
   */
  private static Sighting outdated(long found, long known, Sighting.Free free) {
    return found > known ? new Sighting.Unavailable() : free;
  }

  /** Tries to get the load lock of a key. A claim that succeeds after the timeout is abandoned. */
  public CompletableFuture<Claim> claim(Sighting.Free free, CallScope scope) {
    CompletableFuture<Claim> answer = new CompletableFuture<>();
    if (scope.isOver()) {
      answer.complete(new Claim.Unavailable());
      return answer;
    }
    var unused =
        claimed(free, scope.trace())
            .whenComplete((claim, failure) -> {
              boolean inTime = answer.complete(failure == null ? claim : new Claim.Unavailable());
              if (!inTime && claim instanceof Claim.Won won) {
                abandon(won, CallScope.of(LONGEST_CLAIM, scope.trace()));
              }
            });
    var unusedBound =
        scope
            .run(claimTimeout, time -> answer.copy())
            .whenComplete((claim, late) -> answer.complete(new Claim.Unavailable()));
    return answer;
  }

  private CompletableFuture<Claim> claimed(Sighting.Free free, Trace trace) {
    CallScope scope = CallScope.of(LONGEST_CLAIM, trace);
    Cell loading = new Cell.Loading();
    CompletableFuture<SwapResult> swap =
        free.version().isPresent()
            ? changes.replace(free.cell(), free.version().get(), loading, scope)
            : changes.putIfAbsent(free.cell(), loading, scope);
    return swap.thenApply(result ->
        switch (result) {
          case SwapResult.Swapped(CellVersion version) ->
              new Claim.Won(free.view(), free.cell(), version);
          case SwapResult.Mismatch mismatch -> new Claim.Lost();
          case SwapResult.Unavailable unavailable -> new Claim.Unavailable();
        });
  }

  /**
   * Fills a claimed cell with what was read from the store after the claim. Callers do not wait for
   * it.
   *
   * @return what is known of the cell after the fill
   */
  public CellStamp fill(Claim.Won claim, Lookup<?> lookup, CallScope scope) {
    Cell value = new Cell.Value(claim.view().epochOf(claim.cell().entity()), lookup);
    CompletableFuture<SwapResult> fill =
        changes.replace(claim.cell(), claim.loading(), value, scope);
    return new CellStamp(claim.view(), () -> filled(fill), lookup.revision());
  }

  /** Releases a claim that will not be filled, so that other readers need not wait for it. */
  public void abandon(Claim.Won claim, CallScope scope) {
    var unused = changes.replace(claim.cell(), claim.loading(), new Cell.Invalid(), scope);
  }

  /**
   * Releases the claim of another reader, if it is still the one that was seen: nothing happens if
   * it has been filled meanwhile, and nobody's answer depends on it.
   *
   * @param claimed a cell that is being loaded
   */
  public void release(Sighting.Free claimed, CallScope scope) {
    claimed
        .version()
        .ifPresent(seen -> {
          var unused = changes.replace(claimed.cell(), seen, new Cell.Invalid(), scope);
        });
  }

  private static Optional<CellVersion> filled(CompletableFuture<SwapResult> fill) {
    return fill.isDone()
            && !fill.isCompletedExceptionally()
            && fill.resultNow() instanceof SwapResult.Swapped swapped
        ? Optional.of(swapped.version())
        : Optional.empty();
  }
}
