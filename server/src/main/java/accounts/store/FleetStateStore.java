package accounts.store;

import accounts.async.CallScope;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;

/**
 * Stores the fleet's state in the table. Reads are strongly consistent, and changes atomic over all
 * copies. Methods fail as those of {@link AccountStore} do.
 */
public interface FleetStateStore {

  /**
   * The result of a read.
   *
   * @param incarnation if readable; empty if there is none
   * @param state empty if it is missing or damaged
   */
  record Found(Optional<String> incarnation, Optional<FleetState> state) {}

  /** Reads this instance's copy, as it was at one moment since the call. */
  CompletableFuture<Found> read(CallScope scope);

  /**
   * Reads all copies, as they were together at one moment since the call. For callers that must
   * know whether a change has reached all copies.
   *
   * @return this instance's copy; without a state if the copies differ, which only damage explains
   */
  CompletableFuture<Found> readAll(CallScope scope);

  /**
   * Replaces the state, or creates it.
   *
   * @param expected the incarnation that is to be replaced; empty where none was found
   * @return whether the incarnation was as expected; if not, nothing was done
   */
  CompletableFuture<Boolean> replace(Optional<String> expected, FleetState next, CallScope scope);

  /**
   * Raises the epochs of some shards, each in all copies or in none.
   *
   * @param seen the state that the caller has read
   * @return whether they were raised; they are not if the incarnation has changed, or one of these
   *     shards has been raised, since {@code seen}
   */
  CompletableFuture<Boolean> raise(FleetState seen, Set<Integer> shards, CallScope scope);
}
