package accounts.freshness;

import accounts.async.CallScope;
import accounts.cache.Cell;
import accounts.cache.CellAnswer;
import accounts.cache.CellCache;
import accounts.cache.CellKey;
import accounts.cache.CellVersion;
import accounts.cache.SwapResult;
import accounts.domain.EntityKey;
import accounts.domain.Lookup;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/**
 * A reader's steps of a cell: look it up, claim it, fill it. An answer is believed only under the
 * epoch that this instance knows; a cell is filled only by whoever claimed it, if nobody changed it
 * since.
 */
public final class CellReads {

  private final CellCache cache;
  private final EpochLease lease;

  /**
   * @param cache its timeout is a reader's: what it does not answer at once is read from the store
   */
  public CellReads(CellCache cache, EpochLease lease) {
    this.cache = cache;
    this.lease = lease;
  }

  /** Looks one key up. */
  public CompletableFuture<Sighting> lookUp(EntityKey<?> key, CallScope scope) {
    Optional<EpochView> view = lease.view();
    if (view.isEmpty()) {
      return CompletableFuture.completedFuture(new Sighting.Unavailable());
    }
    CellKey cell = view.get().cellOf(key);
    return cache.get(cell, scope).thenApply(answer -> sighting(view.get(), cell, answer));
  }

  /**
   * Looks several keys up in one round trip.
   *
   * @return what was found, for every key
   */
  public CompletableFuture<Map<EntityKey<?>, Sighting>> lookUpAll(
      Collection<EntityKey<?>> keys, CallScope scope) {
    Map<EntityKey<?>, Sighting> sightings = new HashMap<>();
    Optional<EpochView> view = lease.view();
    if (view.isEmpty()) {
      keys.forEach(key -> sightings.put(key, new Sighting.Unavailable()));
      return CompletableFuture.completedFuture(sightings);
    }
    return cache
        .getAll(keys.stream().map(view.get()::cellOf).toList(), scope)
        .thenApply(answers -> {
          answers.forEach(
              (cell, answer) -> sightings.put(cell.entity(), sighting(view.get(), cell, answer)));
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

  /** An answer of a later epoch than this instance knows is right for those who know it. */
  private static Sighting outdated(long found, long known, Sighting.Free free) {
    return found > known ? new Sighting.Unavailable() : free;
  }

  /** Asks to be the one who loads the answer. */
  public CompletableFuture<Claim> claim(Sighting.Free free, CallScope scope) {
    Cell loading = new Cell.Loading();
    CompletableFuture<SwapResult> swap =
        free.version().isPresent()
            ? cache.replace(free.cell(), free.version().get(), loading, scope)
            : cache.putIfAbsent(free.cell(), loading, scope);
    return swap.thenApply(result ->
        switch (result) {
          case SwapResult.Swapped(CellVersion version) ->
              new Claim.Won(free.view(), free.cell(), version);
          case SwapResult.Mismatch mismatch -> new Claim.Lost();
          case SwapResult.Unavailable unavailable -> new Claim.Unavailable();
        });
  }

  /**
   * Fills a claimed cell with what the store said since; nobody waits for it.
   *
   * @return what is known of the key from then on
   */
  public CellStamp fill(Claim.Won claim, Lookup<?> lookup, CallScope scope) {
    Cell value = new Cell.Value(claim.view().epochOf(claim.cell().entity()), lookup);
    CompletableFuture<SwapResult> fill = cache.replace(claim.cell(), claim.loading(), value, scope);
    return new CellStamp(claim.view(), () -> filled(fill), lookup.revision());
  }

  /** Gives a claim up that cannot be filled, so that nobody waits for it. */
  public void abandon(Claim.Won claim, CallScope scope) {
    var unused = cache.replace(claim.cell(), claim.loading(), new Cell.Invalid(), scope);
  }

  private static Optional<CellVersion> filled(CompletableFuture<SwapResult> fill) {
    return fill.isDone()
            && !fill.isCompletedExceptionally()
            && fill.resultNow() instanceof SwapResult.Swapped swapped
        ? Optional.of(swapped.version())
        : Optional.empty();
  }
}
