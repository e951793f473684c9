package accounts.freshness;

import static accounts.store.FleetStates.SETTINGS;
import static accounts.store.FleetStates.state;
import static org.assertj.core.api.Assertions.assertThat;

import accounts.domain.AccountException;
import accounts.store.FleetSettings;
import accounts.store.FleetState;
import accounts.store.InMemoryFleetStateStore;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

final class FleetGuardTest {

  private static final Duration TIMEOUT = Duration.ofSeconds(20);
  private static final FleetSettings OTHERS =
      new FleetSettings(2, "staging at momento.test", Duration.ofSeconds(2), 4);

  private final InMemoryFleetStateStore store = new InMemoryFleetStateStore();
  private final FleetGuard guard =
      new FleetGuard(
          store,
          new Minter(CompletableFuture.completedFuture("table-1"), SETTINGS, new Random()),
          TIMEOUT);

  @Test
  void differences_noState_areNone() {
    assertThat(differences()).isEmpty();
    store.put(state("first", 10));
    store.damage();
    assertThat(differences()).isEmpty();
  }

  @Test
  void differences_sameSettings_areNone() {
    store.put(state("first", 10));

    assertThat(differences()).isEmpty();
  }

  @Test
  void differences_stateOfAnotherTable_areNone() {
    store.put(new FleetState("first", "table-2", OTHERS, state("first", 10).epochs()));

    assertThat(differences()).isEmpty();
  }

  @Test
  void differences_otherSettings_areNamedWithTheWayToChangeThem() {
    store.put(state("first", 10, OTHERS));

    assertThat(differences())
        .containsExactly(
            "cell format: 3 (expected: 2, as all instances of this table)",
            "cache (ACCOUNTS_CACHE): accounts at momento.test (expected: staging at momento.test, as all instances"
                + " of this table)",
            "epoch lease (ACCOUNTS_EPOCH_LEASE): 1000ms (expected: 2000ms, as all instances of this table)",
            "copies of the epochs (ACCOUNTS_EPOCH_COPIES): 1 (expected: 4, as all instances of this table)",
            "to change settings of the whole fleet: stop all instances, delete the items FLEET#0,"
                + " FLEET#1, … of the table, start");
  }

  @Test
  void differences_storeAway_failsAlike() {
    store.away = true;

    assertThat(guard.differences())
        .failsWithin(TIMEOUT)
        .withThrowableThat()
        .havingRootCause()
        .isInstanceOf(AccountException.class);
  }

  // Rather refuse than raise epochs in some copies only.
  @Test
  void differences_tableNotKnown_areNamed() {
    store.put(state("first", 10, OTHERS));

    assertThat(
            new FleetGuard(
                    store, new Minter(new CompletableFuture<>(), SETTINGS, new Random()), TIMEOUT)
                .differences()
                .join())
        .hasSize(5);
  }

  @Test
  void isThereAFleet_stateOrNot_saysSo() {
    assertThat(guard.isThereAFleet().join()).isFalse();
    store.put(state("first", 10));
    assertThat(guard.isThereAFleet().join()).isTrue();
  }

  private List<String> differences() {
    return guard.differences().join();
  }
}
