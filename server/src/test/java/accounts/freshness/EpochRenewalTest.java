package accounts.freshness;

import static accounts.store.FleetStates.SETTINGS;
import static accounts.store.FleetStates.state;
import static org.assertj.core.api.Assertions.assertThat;

import accounts.async.CallScope;
import accounts.async.CapturedLog;
import accounts.async.ManualTimer;
import accounts.store.FleetSettings;
import accounts.store.FleetState;
import accounts.store.FleetStateStore;
import accounts.store.InMemoryFleetStateStore;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

final class EpochRenewalTest {

  private static final Duration LENGTH = Duration.ofSeconds(1);
  private static final Duration PERIOD = Duration.ofMillis(125);

  /** Between two reads that are answered at once. */
  private static final Duration RENEWAL = PERIOD.multipliedBy(2);

  private static final Duration WAIT = Duration.ofMillis(1200);

  /** From the first read that shows an incarnation to the first one after the wait. */
  private static final Duration UNTIL_HELD = WAIT.plus(PERIOD);

  private final InMemoryFleetStateStore store = new InMemoryFleetStateStore();
  private final ManualTimer time = new ManualTimer();
  private final EpochLease lease = new EpochLease(LENGTH, time::nanoTime, time::millis, time);
  @AutoClose private final CapturedLog log = CapturedLog.of(EpochRenewal.class);

  // Renewing.

  @Test
  void start_stateThere_keepsTheLeaseAlive() {
    store.put(state("first", 10));
    CompletableFuture<Void> started = start();
    time.advance(UNTIL_HELD);

    assertThat(started).isCompleted();
    for (int i = 0; i < 20; i++) {
      time.advance(Duration.ofMillis(99));
      assertThat(lease.view()).contains(new EpochView(state("first", 10)));
    }
    assertThat(log.lines()).isEmpty();
  }

  @Test
  void start_raised_isKnownARenewalLater() {
    hold(state("first", 10));
    FleetState raised = InMemoryFleetStateStore.raised(state("first", 10), Set.of(3));
    store.put(raised);
    time.advance(RENEWAL);

    assertThat(lease.view()).contains(new EpochView(raised));
  }

  @Test
  void start_storeAway_letsTheLeaseLapseUntilItIsBack() {
    hold(state("first", 10));
    store.away = true;
    time.advance(LENGTH);

    assertThat(lease.view()).isEmpty();
    time.advance(LENGTH);
    assertThat(log.lines())
        .containsExactly("WARN no lease on the epochs for 2000 ms: the cache is not used");
    store.away = false;
    time.advance(PERIOD.plus(UNTIL_HELD));
    assertThat(lease.view()).isPresent();
    assertThat(log.lines())
        .hasSize(2)
        .last()
        .isEqualTo("INFO lease on the epochs again: the cache is used");
  }

  @Test
  void start_storeAwayFromTheBeginning_completesWithTheFirstAnswer() {
    store.away = true;
    CompletableFuture<Void> started = start();
    time.advance(PERIOD.multipliedBy(3));

    assertThat(started).isNotDone();
    store.away = false;
    time.advance(PERIOD);
    assertThat(started).isCompleted();
  }

  @Test
  void start_storeAnswersAtOnce_readsInEveryOtherPeriod() {
    SlowStore prompt = holdBy(Duration.ofMillis(5));
    prompt.scopes.clear();
    time.advance(LENGTH.multipliedBy(10));

    assertThat(prompt.scopes).hasSize(40);
  }

  @Test
  void start_storeSlowFromNowOn_keepsTheLease() {
    SlowStore slow = holdBy(Duration.ofMillis(5));
    slow.delay = Duration.ofMillis(740);
    slow.scopes.clear();
    for (int i = 0; i < 400; i++) {
      time.advance(Duration.ofMillis(10));
      assertThat(lease.view()).isPresent();
    }

    assertThat(slow.scopes).as("one in each period").hasSizeBetween(31, 32);
  }

  @Test
  void start_readLostAndStoreSlowFromNowOn_keepsTheLease() {
    SlowStore slow = holdBy(Duration.ofMillis(5));
    slow.delay = LENGTH.multipliedBy(2);
    time.advance(RENEWAL);
    slow.delay = Duration.ofMillis(615);
    for (int i = 0; i < 200; i++) {
      time.advance(Duration.ofMillis(10));
      assertThat(lease.view()).isPresent();
    }
  }

  @Test
  void start_leaseDropped_readsInTheNextPeriod() {
    SlowStore prompt = holdBy(Duration.ofMillis(5));
    lease.drop();
    prompt.scopes.clear();
    time.advance(PERIOD);

    assertThat(prompt.scopes).hasSize(1);
  }

  @Test
  void start_stateSetBackWhileReadsOverlap_mints() {
    SlowStore slow = holdBy(Duration.ofMillis(5));
    slow.delay = Duration.ofMillis(300);
    time.advance(LENGTH);
    store.put(state("first", 9));
    time.advance(LENGTH);

    assertThat(store.state().orElseThrow().incarnation()).isNotEqualTo("first");
    assertThat(log.lines()).last().asString().contains("was rolled back");
  }

  @Test
  void start_readWithoutAnswer_isFollowedByOneAPeriodLater() {
    hold(state("first", 10));
    store.away = true;
    time.advance(RENEWAL);
    store.away = false;
    store.put(state("first", 11));
    time.advance(PERIOD);

    assertThat(lease.view()).contains(new EpochView(state("first", 11)));
  }

  // A store that takes 0.8 s for each answer is slow, not gone.
  @Test
  void start_slowStore_overlappingReadsKeepTheLease() {
    store.put(state("first", 10));
    SlowStore slow = new SlowStore(Duration.ofMillis(800));
    var unused = new EpochRenewal(slow, lease, minter(SETTINGS), LENGTH).start(time);
    time.advance(Duration.ofMillis(2 * 800).plus(UNTIL_HELD));
    log.clear(); // until then there was no lease for more than two seconds
    for (int i = 0; i < 100; i++) {
      time.advance(Duration.ofMillis(10));
      assertThat(lease.view()).isPresent();
    }

    assertThat(log.lines()).isEmpty();
    assertThat(slow.most).isEqualTo(7);
    assertThat(slow.scopes)
        .allSatisfy(scope -> assertThat(scope.remaining()).isLessThan(Duration.ofMillis(938)));
  }

  /** Answers after a time, what was there when it was asked. */
  private final class SlowStore extends ForwardingStore {

    final List<CallScope> scopes = new ArrayList<>();
    private Duration delay;
    private int running;
    int most;

    SlowStore(Duration delay) {
      this.delay = delay;
    }

    @Override
    public CompletableFuture<Found> read(CallScope scope) {
      scopes.add(scope);
      running++;
      most = Math.max(most, running);
      CompletableFuture<Found> answer = new CompletableFuture<>();
      Found found = store.read(scope).join();
      var unused =
          time.schedule(
              () -> {
                running--;
                answer.complete(found);
              },
              delay.toNanos(),
              TimeUnit.NANOSECONDS);
      return answer;
    }
  }

  private class ForwardingStore implements FleetStateStore {
    @Override
    public CompletableFuture<Found> read(CallScope scope) {
      return store.read(scope);
    }

    @Override
    public CompletableFuture<Found> readAll(CallScope scope) {
      return store.readAll(scope);
    }

    @Override
    public CompletableFuture<Boolean> replace(
        Optional<String> expected, FleetState next, CallScope scope) {
      return store.replace(expected, next, scope);
    }

    @Override
    public CompletableFuture<Boolean> raise(FleetState seen, Set<Integer> shards, CallScope scope) {
      return store.raise(seen, shards, scope);
    }
  }

  @Test
  void start_storeThrows_goesOn() {
    store.put(state("first", 10));
    List<Long> reads = new ArrayList<>();
    FleetStateStore broken =
        new ForwardingStore() {
          @Override
          public CompletableFuture<Found> read(CallScope scope) {
            reads.add(time.nanoTime());
            throw new IllegalStateException("broken");
          }
        };
    var unused = new EpochRenewal(broken, lease, minter(SETTINGS), LENGTH).start(time);
    time.advance(PERIOD.multipliedBy(2));

    assertThat(reads).hasSize(3);
  }

  // Minting.

  @Test
  void start_noState_mintsOne() {
    CompletableFuture<Void> started = start();
    time.advance(Duration.ZERO);
    FleetState minted = store.state().orElseThrow();

    assertThat(started).isCompleted();
    assertThat(minted.incarnation()).hasSize(16);
    assertThat(minted.tableId()).isEqualTo("table-1");
    assertThat(minted.settings()).isEqualTo(SETTINGS);
    assertThat(minted.epochs().values())
        .allMatch(epoch -> epoch >= 1 << 20 && epoch <= 1L << 40)
        .doesNotHaveDuplicates();
    assertThat(log.lines())
        .singleElement()
        .asString()
        .isEqualTo(
            "INFO incarnation %s minted: the table has no state of the fleet"
                .formatted(minted.incarnation()));
    time.advance(PERIOD.plus(UNTIL_HELD));
    assertThat(lease.view()).contains(new EpochView(minted));
  }

  @Test
  void start_twoInstancesAtOnce_useTheSameIncarnation() {
    EpochLease other = new EpochLease(LENGTH, time::nanoTime, time::millis, time);
    var one = start();
    var two = new EpochRenewal(store, other, minter(SETTINGS), LENGTH).start(time);
    time.advance(PERIOD.plus(UNTIL_HELD));

    assertThat(one).isCompleted();
    assertThat(two).isCompleted();
    assertThat(lease.view()).isPresent().isEqualTo(other.view());
  }

  @Test
  void start_stateDeleted_mintsAndWaits() {
    hold(state("first", 10));
    store.delete();
    time.advance(RENEWAL.plus(PERIOD));

    assertThat(store.state().orElseThrow().incarnation()).isNotEqualTo("first");
    assertThat(lease.view()).isEmpty();
    time.advance(UNTIL_HELD);
    assertThat(lease.view()).contains(new EpochView(store.state().orElseThrow()));
  }

  @Test
  void start_stateDamaged_minted() {
    hold(state("first", 10));
    store.damage();
    time.advance(RENEWAL);

    assertThat(store.state().orElseThrow().incarnation()).isNotEqualTo("first");
    assertThat(log.lines())
        .singleElement()
        .asString()
        .startsWith("WARN incarnation ")
        .endsWith(" minted to replace first: the fleet's state is damaged");
  }

  @Test
  void start_stateOfAnotherTable_mintsWhateverItsSettings() {
    FleetState other =
        new FleetState("first", "table-2", settings(Duration.ofSeconds(7)), state("x", 1).epochs());
    store.put(other);
    var unused = start();
    time.advance(Duration.ZERO);

    assertThat(store.state().orElseThrow().tableId()).isEqualTo("table-1");
    assertThat(log.lines()).singleElement().asString().contains("belongs to another table");
  }

  @Test
  void start_stateSetBack_mints() {
    hold(state("first", 10));
    store.put(state("first", 9));
    time.advance(RENEWAL);

    assertThat(store.state().orElseThrow().incarnation()).isNotEqualTo("first");
    assertThat(lease.view()).isEmpty();
    assertThat(log.lines()).singleElement().asString().contains("was rolled back");
  }

  @Test
  void start_shortLeaseAndSlowTable_mintsAndWarnsOfNothing() {
    Duration shortLength = Duration.ofMillis(200);
    FleetStateStore slow =
        new ForwardingStore() {
          @Override
          public CompletableFuture<Boolean> replace(
              Optional<String> expected, FleetState next, CallScope scope) {
            assertThat(scope.remaining()).isGreaterThan(Duration.ofSeconds(1));
            CompletableFuture<Boolean> later = new CompletableFuture<>();
            var unused =
                time.schedule(
                    () -> later.complete(super.replace(expected, next, scope).join()),
                    1,
                    TimeUnit.SECONDS);
            return later;
          }
        };
    EpochLease own = new EpochLease(shortLength, time::nanoTime, time::millis, time);
    var unused = new EpochRenewal(slow, own, minter(SETTINGS), shortLength).start(time);
    time.advance(Duration.ofMillis(1500));

    assertThat(own.view()).isPresent();
    assertThat(log.lines()).singleElement().asString().startsWith("INFO incarnation ");
  }

  @Test
  void start_mintingFails_isTriedAgain() {
    FleetStateStore refusing =
        new ForwardingStore() {
          @Override
          public CompletableFuture<Boolean> replace(
              Optional<String> expected, FleetState next, CallScope scope) {
            return time.nanoTime() < PERIOD.toNanos()
                ? CompletableFuture.failedFuture(new IllegalStateException("refused"))
                : super.replace(expected, next, scope);
          }
        };
    CompletableFuture<Void> started =
        new EpochRenewal(refusing, lease, minter(SETTINGS), LENGTH).start(time);
    time.advance(Duration.ZERO);

    assertThat(started).isCompleted();
    assertThat(store.state()).isEmpty();
    time.advance(PERIOD);
    assertThat(store.state()).isPresent();
    assertThat(log.lines()).hasSize(2).first().asString().contains("no incarnation was minted");
  }

  // Settings.

  @Test
  void start_otherSettings_dropsTheLeaseAndMintsNothing() {
    hold(state("first", 10));
    FleetState other = state("second", 10, settings(Duration.ofSeconds(7)));
    store.put(other);
    time.advance(RENEWAL);

    assertThat(lease.view()).isEmpty();
    assertThat(store.state()).contains(other);
    assertThat(log.lines())
        .singleElement()
        .asString()
        .startsWith("WARN settings differ from the fleet's, the cache is not used: epoch lease");
  }

  @Test
  void start_settingsAsTheFleetsAgain_takesTheLeaseAgain() {
    hold(state("first", 10));
    store.put(state("first", 10, settings(Duration.ofSeconds(7))));
    time.advance(RENEWAL);
    store.put(state("first", 10));
    time.advance(PERIOD.plus(UNTIL_HELD));

    assertThat(lease.view()).isPresent();
    assertThat(log.lines()).last().asString().contains("match the fleet's again");
  }

  // The table's id, which DescribeTable tells.

  @Test
  void start_tableNotKnown_holdsNoLeaseUntilItIs() {
    CompletableFuture<String> tableId = new CompletableFuture<>();
    store.put(state("first", 10));
    start(tableId);
    time.advance(UNTIL_HELD.multipliedBy(2));
    assertThat(lease.view()).isEmpty();

    tableId.complete("table-1");
    time.advance(PERIOD.plus(UNTIL_HELD));

    assertThat(lease.view()).contains(new EpochView(state("first", 10)));
  }

  @Test
  void start_tableNotKnown_mintsNothing() {
    start(new CompletableFuture<>());
    time.advance(UNTIL_HELD);

    assertThat(store.state()).isEmpty();
  }

  // It may turn out that the state was copied from another table.
  @Test
  void start_tableKnownLaterToBeAnother_replacesTheState() {
    CompletableFuture<String> tableId = new CompletableFuture<>();
    store.put(state("first", 10));
    start(tableId);
    time.advance(UNTIL_HELD);

    tableId.complete("table-2");
    time.advance(PERIOD);

    assertThat(store.state().orElseThrow().incarnation()).isNotEqualTo("first");
  }

  private void start(CompletableFuture<String> tableId) {
    Minter minter = new Minter(tableId, SETTINGS, new Random());
    var unused = new EpochRenewal(store, lease, minter, LENGTH).start(time);
  }

  /** Holds the lease on {@code state("first", 10)}, by a store that takes its time. */
  private SlowStore holdBy(Duration delay) {
    store.put(state("first", 10));
    SlowStore slow = new SlowStore(delay);
    var unused = new EpochRenewal(slow, lease, minter(SETTINGS), LENGTH).start(time);
    time.advance(UNTIL_HELD);
    return slow;
  }

  private void hold(FleetState state) {
    store.put(state);
    var unused = start();
    time.advance(UNTIL_HELD);
    assertThat(lease.view()).isPresent();
  }

  private CompletableFuture<Void> start() {
    return new EpochRenewal(store, lease, minter(SETTINGS), LENGTH).start(time);
  }

  private static Minter minter(FleetSettings settings) {
    return new Minter(CompletableFuture.completedFuture("table-1"), settings, new Random());
  }

  private static FleetSettings settings(Duration lease) {
    return new FleetSettings(SETTINGS.cellFormat(), SETTINGS.cache(), lease, SETTINGS.copies());
  }
}
