package accounts.cache;

import static accounts.domain.Samples.userKey;
import static org.assertj.core.api.Assertions.assertThat;

import accounts.async.CallScope;
import accounts.store.EpochStore;
import accounts.store.Epochs;
import accounts.store.InMemoryEpochStore;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

final class EpochRenewalTest {

  private static final Duration LENGTH = Duration.ofNanos(100);

  private final InMemoryEpochStore store = new InMemoryEpochStore();
  private final AtomicLong nanos = new AtomicLong();
  private final EpochLease lease = new EpochLease(LENGTH, nanos::get);
  private final EpochRenewal renewal =
      new EpochRenewal(store, lease, Duration.ofMillis(1), nanos::get);

  @Test
  void renew_again_keepsTheLeaseAlive() {
    for (int i = 0; i < 10; i++) {
      renewal.renew(scope()).join();
      nanos.addAndGet(99);

      assertThat(lease.epochs()).contains(Epochs.INITIAL);
    }
  }

  @Test
  void renew_afterARaise_isTheRaised() {
    renewal.renew(scope()).join();
    int shard = Epochs.shardOf(userKey("alice"));
    store.raise(Set.of(shard), scope()).join();
    renewal.renew(scope()).join();

    assertThat(lease.epochs().orElseThrow().of(userKey("alice"))).isEqualTo(1);
  }

  @Test
  void renew_storeAway_letsTheLeaseLapseUntilItIsBack() {
    renewal.renew(scope()).join();
    store.away = true;
    nanos.set(50);
    renewal.renew(scope()).join();

    assertThat(lease.epochs()).isPresent();
    nanos.set(100);
    renewal.renew(scope()).join();
    assertThat(lease.epochs()).isEmpty();
    store.away = false;
    renewal.renew(scope()).join();
    assertThat(lease.epochs()).isPresent();
  }

  @Test
  void renew_slowRead_countsFromWhenItBegan() {
    CompletableFuture<Void> gate = new CompletableFuture<>();
    store.gate = gate;
    CompletableFuture<Void> renewed = renewal.renew(scope());
    nanos.set(60);
    gate.complete(null);

    assertThat(renewed).isCompleted();
    assertThat(lease.epochs()).isPresent();
    nanos.set(100);
    assertThat(lease.epochs()).isEmpty();
  }

  @Test
  void start_storeThrows_goesOn() throws InterruptedException {
    CountDownLatch reads = new CountDownLatch(3);
    EpochStore broken =
        new EpochStore() {
          @Override
          public CompletableFuture<Epochs> read(CallScope scope) {
            reads.countDown();
            throw new IllegalStateException("broken");
          }

          @Override
          public CompletableFuture<Void> raise(Set<Integer> shards, CallScope scope) {
            throw new IllegalStateException("broken");
          }
        };
    try (ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor()) {
      new EpochRenewal(broken, lease, Duration.ofMillis(1), nanos::get).start(timer);

      assertThat(reads.await(20, TimeUnit.SECONDS)).isTrue();
      timer.shutdownNow();
    }
  }

  private static CallScope scope() {
    return CallScope.of(Duration.ofSeconds(20));
  }
}
