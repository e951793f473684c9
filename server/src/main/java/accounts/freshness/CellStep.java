package accounts.freshness;

import accounts.async.CallScope;
import accounts.cache.Cell;
import accounts.cache.CellAnswer;
import accounts.cache.CellCache;
import accounts.cache.CellKey;
import accounts.cache.CellVersion;
import accounts.cache.SwapResult;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/**
 * Brings a key's cell up to a requirement: the one place where what a commit does to the cache is
 * written, for writers and for the repair.
 *
 * <p>A cell that does not meet the requirement is replaced; where there is nothing, nothing is put,
 * since another writer may have been there and its cell lost. Every try to replace a cell stores a
 * state of its own, so a try whose answer was lost does no harm when it is made again.
 */
public final class CellStep {

  /** Readers may claim and fill a cell between two looks of ours; so often in a row they do not. */
  private static final int MAX_LOOKS = 32;

  private final CellCache cache;

  /** What came of it. */
  public enum Result {
    /** The cell meets the requirement, or holds nothing. */
    SETTLED,
    /** The cache did not answer; what it holds is not known. */
    UNREACHED
  }

  /**
   * @param cache its timeout is a writer's, far longer than a reader's: a busy process is not a
   *     cut-off one
   */
  public CellStep(CellCache cache) {
    this.cache = cache;
  }

  /**
   * Brings a cell up to a requirement.
   *
   * @param seen a state of the cell to begin from, which saves a look; seen before the commit is
   *     good enough. Empty where nothing was seen: that proves nothing
   * @return never fails
   */
  public CompletableFuture<Result> settle(
      CellKey key, CellRequirement requirement, Optional<CellVersion> seen, CallScope scope) {
    Run run = new Run(key, requirement, scope);
    return seen.isPresent() ? run.replace(seen.get(), requirement.replacement()) : run.look();
  }

  /** One call; its steps follow each other. */
  private final class Run {

    private final CellKey key;
    private final CellRequirement requirement;
    private final CallScope scope;
    private int looks;

    Run(CellKey key, CellRequirement requirement, CallScope scope) {
      this.key = key;
      this.requirement = requirement;
      this.scope = scope;
    }

    CompletableFuture<Result> look() {
      looks++;
      return cache.get(key, scope).thenCompose(this::seen);
    }

    private CompletableFuture<Result> seen(CellAnswer answer) {
      return switch (answer) {
        case CellAnswer.Nothing nothing -> settled();
        case CellAnswer.Unavailable unavailable -> unreached();
        case CellAnswer.Seen seen ->
            requirement.isMetBy(seen.cell())
                ? settled()
                : replace(seen.version(), requirement.replacementOf(seen.cell()));
      };
    }

    CompletableFuture<Result> replace(CellVersion version, Cell next) {
      return cache
          .replace(key, version, next, scope)
          .thenCompose(result ->
              switch (result) {
                case SwapResult.Swapped swapped -> settled();
                case SwapResult.Mismatch mismatch -> looks < MAX_LOOKS ? look() : unreached();
                case SwapResult.Unavailable unavailable -> unreached();
              });
    }

    private static CompletableFuture<Result> settled() {
      return CompletableFuture.completedFuture(Result.SETTLED);
    }

    private static CompletableFuture<Result> unreached() {
      return CompletableFuture.completedFuture(Result.UNREACHED);
    }
  }
}
