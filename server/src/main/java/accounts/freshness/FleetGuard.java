package accounts.freshness;

import accounts.async.CallScope;
import accounts.store.FleetSettings;
import accounts.store.FleetState;
import accounts.store.FleetStateStore;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;

/** Checks at the start whether this instance's settings match the fleet's. */
public final class FleetGuard {

  private static final String REMEDY =
      "to change settings of the whole fleet: stop all instances, delete the items FLEET#0,"
          + " FLEET#1, … of the table, start";

  private final FleetStateStore store;
  private final Minter minter;
  private final Duration timeout;

  /**
   * @param minter has the settings of this instance
   * @param timeout longest time for the read
   */
  public FleetGuard(FleetStateStore store, Minter minter, Duration timeout) {
    this.store = store;
    this.minter = minter;
    this.timeout = timeout;
  }

  /**
   * Returns whether the table has a fleet: without one, the first instance has to mint its state.
   * Fails as the store does.
   */
  public CompletableFuture<Boolean> isThereAFleet() {
    return store.read(CallScope.of(timeout)).thenApply(found -> found.state().isPresent());
  }

  /**
   * Returns the differences between this instance's settings and the fleet's, one line each, and a
   * last line on how to change them; none if they match, or if the table has no fleet yet. Fails as
   * the store does.
   */
  public CompletableFuture<List<String>> differences() {
    return store
        .read(CallScope.of(timeout))
        .thenApply(found ->
            found
                .state()
                .filter(minter::mayBeOfThisTable)
                .map(FleetState::settings)
                .map(this::differences)
                .orElse(List.of()));
  }

  private List<String> differences(FleetSettings fleet) {
    List<String> lines = minter.settings().differencesFrom(fleet);
    return lines.isEmpty() ? lines : Stream.concat(lines.stream(), Stream.of(REMEDY)).toList();
  }
}
