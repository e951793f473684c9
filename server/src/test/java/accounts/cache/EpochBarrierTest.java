package accounts.cache;

import static accounts.domain.Samples.membershipKey;
import static accounts.domain.Samples.userKey;
import static org.assertj.core.api.Assertions.assertThat;

import accounts.async.CallScope;
import accounts.domain.AccountException;
import accounts.domain.EntityKey;
import accounts.store.Epochs;
import accounts.store.InMemoryEpochStore;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

final class EpochBarrierTest {

  private static final Duration WAIT = Duration.ofMillis(50);
  private static final Duration PATIENCE = Duration.ofSeconds(20);
  private static final EntityKey<?> ALICE = userKey("alice");
  private static final EntityKey<?> MEMBER = membershipKey("org", "alice");

  private final InMemoryEpochStore store = new InMemoryEpochStore();

  @Test
  void raise_someKeys_raisesTheirShardsInOneCall() {
    raise(WAIT, ALICE, MEMBER).orTimeout(20, java.util.concurrent.TimeUnit.SECONDS).join();

    assertThat(store.raised).containsExactly(Set.of(Epochs.shardOf(ALICE), Epochs.shardOf(MEMBER)));
  }

  @Test
  void raise_done_waitsFromThenOn() {
    CompletableFuture<Void> gate = new CompletableFuture<>();
    store.gate = gate;
    CompletableFuture<Void> raised = raise(WAIT, ALICE);

    assertThat(raised).isNotDone();
    long began = System.nanoTime();
    gate.complete(null);
    assertThat(raised).succeedsWithin(PATIENCE);
    assertThat(Duration.ofNanos(System.nanoTime() - began)).isGreaterThanOrEqualTo(WAIT);
  }

  // With the cache away for all, every write comes here.
  @Test
  void raise_oneUnderWay_othersShareTheNext() {
    CompletableFuture<Void> gate = new CompletableFuture<>();
    store.gate = gate;
    EpochBarrier barrier = new EpochBarrier(store, PATIENCE, WAIT);
    List<CompletableFuture<Void>> raises = new ArrayList<>();
    raises.add(barrier.raise(List.of(ALICE), CallScope.of(PATIENCE)));
    for (int i = 0; i < 100; i++) {
      raises.add(barrier.raise(List.of(i % 2 == 0 ? ALICE : MEMBER), CallScope.of(PATIENCE)));
    }
    store.gate = CompletableFuture.completedFuture(null);

    assertThat(store.raised).hasSize(1);
    assertThat(raises).noneMatch(CompletableFuture::isDone);
    gate.complete(null);
    assertThat(raises).allSatisfy(raise -> assertThat(raise).succeedsWithin(PATIENCE));
    assertThat(store.raised)
        .containsExactly(
            Set.of(Epochs.shardOf(ALICE)), Set.of(Epochs.shardOf(ALICE), Epochs.shardOf(MEMBER)));
  }

  @Test
  void raise_oneBeforeFails_nextIsRaisedAllTheSame() {
    CompletableFuture<Void> gate = new CompletableFuture<>();
    store.gate = gate;
    EpochBarrier barrier = new EpochBarrier(store, PATIENCE, WAIT);
    CompletableFuture<Void> first = barrier.raise(List.of(ALICE), CallScope.of(PATIENCE));
    CompletableFuture<Void> second = barrier.raise(List.of(ALICE), CallScope.of(PATIENCE));
    store.gate = CompletableFuture.completedFuture(null);
    gate.completeExceptionally(new IllegalStateException("the store's answer was lost"));

    assertThat(first).failsWithin(PATIENCE);
    assertThat(second).succeedsWithin(PATIENCE);
    assertThat(store.raised).hasSize(2);
  }

  @Test
  void raise_callerGone_theOthersAreServed() {
    CompletableFuture<Void> gate = new CompletableFuture<>();
    store.gate = gate;
    EpochBarrier barrier = new EpochBarrier(store, PATIENCE, WAIT);
    CallScope gone = CallScope.of(PATIENCE);
    CompletableFuture<Void> first = barrier.raise(List.of(ALICE), gone);
    CompletableFuture<Void> second = barrier.raise(List.of(ALICE), CallScope.of(PATIENCE));
    gone.cancel();
    gate.complete(null);

    assertThat(first).failsWithin(PATIENCE);
    assertThat(second).succeedsWithin(PATIENCE);
  }

  @Test
  void raise_notDone_neverCompletesHoweverLongItWaits() {
    store.gate = new CompletableFuture<>();
    CompletableFuture<Void> stuck = raise(WAIT, ALICE);
    store.gate = CompletableFuture.completedFuture(null);
    raise(WAIT.multipliedBy(2), ALICE).orTimeout(20, java.util.concurrent.TimeUnit.SECONDS).join();

    assertThat(stuck).isNotDone();
  }

  @Test
  void raise_storeAway_failsAlike() {
    store.away = true;

    assertThat(raise(WAIT, ALICE))
        .failsWithin(PATIENCE)
        .withThrowableThat()
        .havingRootCause()
        .isInstanceOf(AccountException.class);
  }

  private CompletableFuture<Void> raise(Duration wait, EntityKey<?>... keys) {
    return new EpochBarrier(store, PATIENCE, wait).raise(List.of(keys), CallScope.of(PATIENCE));
  }
}
