package accounts.server;

import static org.assertj.core.api.Assertions.assertThat;

import accounts.domain.EntityKey;
import accounts.service.EntityReader;
import accounts.service.ReadResults;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(20)
final class WarmUpTest {

  private final AtomicInteger reads = new AtomicInteger();

  @Test
  void run_leaseComesAbout_readsUntilThen() throws InterruptedException {
    WarmUp.run(
        reader(new ReadResults(Map.of())),
        () -> reads.get() == 3,
        Duration.ofMinutes(10),
        Duration.ZERO);

    assertThat(reads).hasValue(3);
  }

  @Test
  void run_leaseNeverComes_endsAllTheSame() throws InterruptedException {
    long began = System.nanoTime();
    WarmUp.run(
        reader(new ReadResults(Map.of())), () -> false, Duration.ofMillis(20), Duration.ZERO);

    assertThat(Duration.ofNanos(System.nanoTime() - began))
        .isGreaterThanOrEqualTo(Duration.ofMillis(40));
  }

  @Test
  void run_readsFail_goesOn() throws InterruptedException {
    EntityReader failing =
        (keys, options, scope) -> {
          reads.incrementAndGet();
          return CompletableFuture.failedFuture(new IllegalStateException("nothing answers"));
        };
    WarmUp.run(failing, () -> reads.get() == 3, Duration.ofMinutes(10), Duration.ZERO);

    assertThat(reads).hasValue(3);
  }

  @Test
  void run_hasLease_readsAsManyMissesOnce() throws InterruptedException {
    Set<EntityKey<?>> keys = ConcurrentHashMap.newKeySet();
    EntityReader recording =
        (asked, options, scope) -> {
          keys.addAll(asked);
          return reader(new ReadResults(Map.of())).getAll(asked, options, scope);
        };
    WarmUp.run(recording, () -> true, Duration.ofMinutes(10), Duration.ofMinutes(10));

    assertThat(reads).hasValue(1 + WarmUp.MISSES);
    assertThat(keys).hasSize(1 + WarmUp.MISSES);
  }

  @Test
  void run_missesTakeTooLong_endsAllTheSame() throws InterruptedException {
    EntityReader slow =
        (keys, options, scope) -> {
          reads.incrementAndGet();
          return CompletableFuture.supplyAsync(
              () -> new ReadResults(Map.of()),
              CompletableFuture.delayedExecutor(20, TimeUnit.MILLISECONDS));
        };
    WarmUp.run(slow, () -> true, Duration.ofMinutes(10), Duration.ofMillis(50));

    assertThat(reads).hasValueBetween(2, WarmUp.MISSES / 2);
  }

  private EntityReader reader(ReadResults results) {
    return (keys, options, scope) -> {
      reads.incrementAndGet();
      return CompletableFuture.completedFuture(results);
    };
  }
}
