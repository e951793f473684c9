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
 * Brings a key's cell up to a requirement. This is the only code that changes the cache after a
 * commit; writers and the repair share it.
 *
 * <p>A cell that does not meet the requirement is replaced. A key without a cell is left without
 * one, since another writer's cell may have been lost there. Every attempt stores a unique state,
 * so repeating an attempt whose answer was lost does no harm.
 */
public final class CellStep {

  /** Readers may claim and fill the cell between two reads of it, but not this often in a row. */
  private static final int MAX_READS = 32;

  private final CellCache cache;

  /** The result of settling a cell. */
  public enum Result {
    /** The cell meets the requirement, or holds nothing. */
    SETTLED,
    /** The cache did not answer; what it holds is not known. */
    UNREACHED
  }

  /**
   * @param cache with a writer's timeout, far longer than a reader's: a busy process is not a
   *     cut-off one
   */
  public CellStep(CellCache cache) {
    this.cache = cache;
  }

  /**
   * Brings a cell up to a requirement.
   *
   * @param seen a known version of the cell to start from, which saves a read; it may be from
   *     before the commit. Empty if none is known
   * @return never fails
   */
  public CompletableFuture<Result> settle(
      CellKey key, CellRequirement requirement, Optional<CellVersion> seen, CallScope scope) {
    Run run = new Run(key, requirement, scope);
    return seen.isPresent() ? run.replace(seen.get(), requirement.replacement()) : run.read();
  }

  /** One run of {@link #settle}; its steps follow each other. */
  private final class Run {

    private final CellKey key;
    private final CellRequirement requirement;
    private final CallScope scope;
    private int reads;

    Run(CellKey key, CellRequirement requirement, CallScope scope) {
      this.key = key;
      this.requirement = requirement;
      this.scope = scope;
    }

    CompletableFuture<Result> read() {
      reads++;
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
                case SwapResult.Mismatch mismatch -> reads < MAX_READS ? read() : unreached();
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
