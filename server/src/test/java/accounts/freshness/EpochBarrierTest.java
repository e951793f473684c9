package accounts.freshness;

import static accounts.domain.Samples.membershipKey;
import static accounts.domain.Samples.userKey;
import static accounts.store.FleetStates.SETTINGS;
import static accounts.store.FleetStates.state;
import static org.assertj.core.api.Assertions.assertThat;

import accounts.async.CallScope;
import accounts.async.ManualTimer;
import accounts.domain.AccountError;
import accounts.domain.AccountException;
import accounts.domain.EntityKey;
import accounts.store.Epochs;
import accounts.store.FleetSettings;
import accounts.store.FleetState;
import accounts.store.InMemoryFleetStateStore;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

final class EpochBarrierTest {

  private static final Duration LEASE = Duration.ofSeconds(1);
  private static final Duration WAIT = Duration.ofMillis(1200);
  private static final Duration PAUSE = Duration.ofMillis(250);
  private static final Duration LONG = Duration.ofMinutes(10);
  private static final EntityKey<?> ALICE = userKey("alice");
  private static final EntityKey<?> MEMBER = membershipKey("org", "alice");
  private static final int SHARD = Epochs.shardOf(ALICE);
  private static final FleetState STATE = state("first", 10);

  private final InMemoryFleetStateStore store = new InMemoryFleetStateStore();
  private final ManualTimer time = new ManualTimer();
  private final EpochBarrier barrier = barrier(SETTINGS);

  private EpochBarrier barrier(FleetSettings settings) {
    return new EpochBarrier(
        store,
        new Minter(CompletableFuture.completedFuture("table-1"), settings, new Random()),
        LEASE,
        LONG,
        time,
        time::nanoTime);
  }

  EpochBarrierTest() {
    store.put(STATE);
  }

  @Test
  void raise_someKeys_raisesTheirShardsAndWaits() {
    CompletableFuture<Void> raised = raise(ALICE, MEMBER);

    assertThat(store.raised).containsExactly(Set.of(SHARD, Epochs.shardOf(MEMBER)));
    assertThat(epoch()).isEqualTo(11);
    time.advance(WAIT.minusMillis(1));
    assertThat(raised).isNotDone();
    time.advance(Duration.ofMillis(1));
    assertThat(raised).isCompleted();
  }

  @Test
  void raise_storeTakesLong_waitsFromTheEnd() {
    CompletableFuture<Void> gate = new CompletableFuture<>();
    store.gate = gate;
    CompletableFuture<Void> raised = raise(ALICE);
    time.advance(WAIT.multipliedBy(3));
    assertThat(raised).isNotDone();
    gate.complete(null);
    time.advance(WAIT.minusMillis(1));

    assertThat(raised).isNotDone();
    time.advance(Duration.ofMillis(1));
    assertThat(raised).isCompleted();
  }

  // The fleet was configured with a longer lease than this instance.
  @Test
  void raise_fleetHasALongerLease_waitsAsLongAsThatOne() {
    store.put(state("first", 10, settings(LEASE.multipliedBy(5))));
    CompletableFuture<Void> raised = raise(ALICE);
    time.advance(WAIT.multipliedBy(5).minusMillis(1));

    assertThat(raised).isNotDone();
    time.advance(Duration.ofMillis(1));
    assertThat(raised).isCompleted();
  }

  @Test
  void raise_fleetHasAShorterLease_waitsAsLongAsItsOwn() {
    store.put(state("first", 10, settings(LEASE.dividedBy(5))));
    CompletableFuture<Void> raised = raise(ALICE);
    time.advance(WAIT.minusMillis(1));

    assertThat(raised).isNotDone();
    time.advance(Duration.ofMillis(1));
    assertThat(raised).isCompleted();
  }

  // The state may be another table's: whoever knows that uses no cell by it.
  @Test
  void raise_tableNotKnown_raisesTheStateAsItIs() {
    CompletableFuture<Void> raised = withoutTable().raise(List.of(ALICE), CallScope.of(LONG));
    time.advance(WAIT);

    assertThat(raised).isCompleted();
    assertThat(epoch()).isEqualTo(11);
  }

  @Test
  void raise_tableNotKnownAndNoState_failsAndMintsNothing() {
    store.delete();
    CompletableFuture<Void> raised = withoutTable().raise(List.of(ALICE), CallScope.of(LONG));
    time.advance(WAIT);

    assertThat(raised).isCompletedExceptionally();
    assertThat(store.state()).isEmpty();
  }

  private EpochBarrier withoutTable() {
    Minter minter = new Minter(new CompletableFuture<>(), SETTINGS, new Random());
    return new EpochBarrier(store, minter, LEASE, LONG, time, time::nanoTime);
  }

  // Sharing and pacing.

  @Test
  void raise_oneRunning_othersShareTheNext() {
    CompletableFuture<Void> gate = new CompletableFuture<>();
    store.gate = gate;
    List<CompletableFuture<Void>> raises = new ArrayList<>();
    raises.add(raise(ALICE));
    for (int i = 0; i < 100; i++) {
      raises.add(raise(i % 2 == 0 ? ALICE : MEMBER));
    }
    store.gate = CompletableFuture.completedFuture(null);
    gate.complete(null);
    assertThat(store.raised).containsExactly(Set.of(SHARD));
    time.advance(PAUSE);

    assertThat(store.raised).containsExactly(Set.of(SHARD), Set.of(SHARD, Epochs.shardOf(MEMBER)));
    time.advance(WAIT);
    assertThat(raises).allMatch(CompletableFuture::isDone);
    assertThat(raises).noneMatch(CompletableFuture::isCompletedExceptionally);
  }

  @Test
  void raise_soonAfterTheLast_pausesBetween() {
    begin(ALICE);
    time.advance(PAUSE.minusMillis(1));
    begin(ALICE);
    begin(MEMBER);

    assertThat(store.raised).hasSize(1);
    time.advance(Duration.ofMillis(1));
    assertThat(store.raised).containsExactly(Set.of(SHARD), Set.of(SHARD, Epochs.shardOf(MEMBER)));
  }

  @Test
  void raise_longAfterTheLast_beginsAtOnce() {
    begin(ALICE);
    time.advance(PAUSE);
    begin(ALICE);

    assertThat(store.raised).hasSize(2);
  }

  @Test
  void raise_oneBeforeFails_nextIsRaisedAllTheSame() {
    store.away = true;
    CompletableFuture<Void> first = raise(ALICE);
    store.away = false;
    CompletableFuture<Void> second = raise(ALICE);
    time.advance(PAUSE.plus(WAIT));

    assertThat(first).isCompletedExceptionally();
    assertThat(second).isCompletedWithValue(null);
  }

  @Test
  void raise_callerGone_theOthersAreServed() {
    CompletableFuture<Void> gate = new CompletableFuture<>();
    store.gate = gate;
    CallScope gone = CallScope.of(LONG);
    CompletableFuture<Void> first = barrier.raise(List.of(ALICE), gone);
    CompletableFuture<Void> second = raise(ALICE);
    gone.cancel();
    store.gate = CompletableFuture.completedFuture(null);
    gate.complete(null);
    time.advance(PAUSE.plus(WAIT));

    assertThat(first).isCompletedExceptionally();
    assertThat(second).isCompletedWithValue(null);
  }

  // What others do.

  @Test
  void raise_anotherInstanceRaisedTheShardSince_isDone() {
    store.beforeRaise = once(() -> store.put(InMemoryFleetStateStore.raised(STATE, Set.of(SHARD))));
    CompletableFuture<Void> raised = raise(ALICE);
    time.advance(Duration.ofMillis(50).plus(WAIT));

    assertThat(raised).isCompletedWithValue(null);
    assertThat(epoch()).isEqualTo(11);
    assertThat(store.raised).hasSize(1);
  }

  @Test
  void raise_anotherInstanceRaisedOneOfTheShardsSince_raisesTheRest() {
    store.beforeRaise = once(() -> store.put(InMemoryFleetStateStore.raised(STATE, Set.of(SHARD))));
    CompletableFuture<Void> raised = raise(ALICE, MEMBER);
    time.advance(Duration.ofMillis(50).plus(WAIT));

    assertThat(raised).isCompletedWithValue(null);
    assertThat(store.raised).last().isEqualTo(Set.of(Epochs.shardOf(MEMBER)));
    assertThat(epoch()).isEqualTo(11);
  }

  @Test
  void raise_anotherInstanceMintedSince_isDone() {
    store.beforeRaise = once(() -> store.put(state("second", 5)));
    CompletableFuture<Void> raised = raise(ALICE);
    time.advance(Duration.ofMillis(50).plus(WAIT));

    assertThat(raised).isCompletedWithValue(null);
    assertThat(store.state()).contains(state("second", 5));
  }

  @Test
  void raise_stateSetBackSince_mints() {
    store.beforeRaise = once(() -> store.put(state("first", 9)));
    CompletableFuture<Void> raised = raise(ALICE);
    time.advance(Duration.ofMillis(50).plus(WAIT));

    assertThat(raised).isCompletedWithValue(null);
    assertThat(store.state().orElseThrow().incarnation()).isNotEqualTo("first");
  }

  @Test
  void raise_meetsOtherTransactions_isTriedAgain() {
    store.contended.set(7);
    CompletableFuture<Void> raised = raise(ALICE);
    time.advance(Duration.ofMillis(7 * 50).plus(WAIT));

    assertThat(raised).isCompletedWithValue(null);
    assertThat(epoch()).isEqualTo(11);
  }

  @Test
  void raise_meetsOtherTransactionsWithoutEnd_failsAsThrottled() {
    store.contended.set(1000);
    CompletableFuture<Void> raised = raise(ALICE);
    time.advance(Duration.ofMillis(8 * 50));

    assertThat(store.raised).hasSize(8);
    assertFailedWith(raised, AccountError.StoreThrottled.class);
  }

  private static Runnable once(Runnable what) {
    List<Runnable> left = new ArrayList<>(List.of(what));
    return () -> {
      if (!left.isEmpty()) {
        left.removeFirst().run();
      }
    };
  }

  // No state.

  @Test
  void raise_noState_mintsAndWaits() {
    store.delete();
    CompletableFuture<Void> raised = raise(ALICE);
    assertThat(store.state().orElseThrow().settings()).isEqualTo(SETTINGS);
    time.advance(WAIT.minusMillis(1));

    assertThat(raised).isNotDone();
    time.advance(Duration.ofMillis(1));
    assertThat(raised).isCompleted();
    assertThat(store.raised).isEmpty();
  }

  @Test
  void raise_stateDamaged_mints() {
    store.damage();
    begin(ALICE);

    assertThat(store.state().orElseThrow().incarnation()).isNotEqualTo("first");
  }

  @Test
  void raise_stateOfAnotherTable_mints() {
    store.put(new FleetState("first", "table-2", SETTINGS, STATE.epochs()));
    begin(ALICE);

    assertThat(store.state().orElseThrow().tableId()).isEqualTo("table-1");
  }

  @Test
  void raise_storeAway_failsAlike() {
    store.away = true;

    assertFailedWith(raise(ALICE), AccountError.StoreUnavailable.class);
  }

  @Test
  void raise_instanceStops_fails() {
    time.shutdown();

    assertThat(raise(ALICE)).isCompletedExceptionally();
  }

  private static void assertFailedWith(
      CompletableFuture<Void> raised, Class<? extends AccountError> error) {
    assertThat(raised)
        .failsWithin(Duration.ofSeconds(20))
        .withThrowableThat()
        .havingRootCause()
        .isInstanceOfSatisfying(
            AccountException.class, failure -> assertThat(failure.error()).isInstanceOf(error));
  }

  private long epoch() {
    return store.state().orElseThrow().epochs().of(ALICE);
  }

  private CompletableFuture<Void> raise(EntityKey<?>... keys) {
    return barrier.raise(List.of(keys), CallScope.of(LONG));
  }

  private void begin(EntityKey<?> key) {
    var unused = raise(key);
  }

  private static FleetSettings settings(Duration lease) {
    return new FleetSettings(SETTINGS.cellFormat(), SETTINGS.cache(), lease, SETTINGS.copies());
  }
}
