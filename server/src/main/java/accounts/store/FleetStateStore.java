package accounts.store;

import accounts.async.CallScope;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;

/**
 * Keeps the fleet's state in the table. Reads are strongly consistent, changes atomic over all
 * copies. Methods fail as those of {@link AccountStore} do.
 */
public interface FleetStateStore {

  /**
   * What was found.
   *
   * @param incarnation as far as it can be told; empty if there is none
   * @param state empty if there is none, or none that makes sense: deleted or damaged
   */
  record Found(Optional<String> incarnation, Optional<FleetState> state) {}

  /** Reads this instance's copy, as it was at one moment since the call. */
  CompletableFuture<Found> read(CallScope scope);

  /**
   * Reads all copies, as they were together at one moment since the call. For who must know that a
   * change which one copy shows has reached the others, too.
   *
   * @return this instance's copy; without a state if the copies differ, which only damage explains
   */
  CompletableFuture<Found> readAll(CallScope scope);

  /**
   * Puts a state in the place of what was found.
   *
   * @param expected the incarnation that is to be replaced; empty where none was found
   * @return whether it was still there; if not, nothing was done
   */
  CompletableFuture<Boolean> replace(Optional<String> expected, FleetState next, CallScope scope);

  /**
   * Raises the epochs of some shards. Each of them either is raised in all copies or in none.
   *
   * @param seen what the caller knows
   * @return whether it was done; it is not where the incarnation is another by now, or one of these
   *     shards has been raised since {@code seen}
   */
  CompletableFuture<Boolean> raise(FleetState seen, Set<Integer> shards, CallScope scope);
}
