package accounts.store;

import java.time.Duration;
import java.util.Collections;

/** States of a fleet for tests. */
public final class FleetStates {

  public static final FleetSettings SETTINGS =
      new FleetSettings(3, "accounts at momento.test", Duration.ofSeconds(1), 1);

  private FleetStates() {}

  /** Returns a state of the table {@code table-1}, all of whose epochs are the same. */
  public static FleetState state(String incarnation, long epoch) {
    return state(incarnation, epoch, SETTINGS);
  }

  public static FleetState state(String incarnation, long epoch, FleetSettings settings) {
    return new FleetState(
        incarnation, "table-1", settings, new Epochs(Collections.nCopies(Epochs.SHARDS, epoch)));
  }
}
