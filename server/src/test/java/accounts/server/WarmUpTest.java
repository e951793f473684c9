package accounts.server;

import static org.assertj.core.api.Assertions.assertThat;

import accounts.service.EntityReader;
import accounts.service.ReadResults;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(20)
final class WarmUpTest {

  private final AtomicInteger reads = new AtomicInteger();

  @Test
  void run_leaseComesAbout_readsUntilThen() throws InterruptedException {
    WarmUp.run(reader(new ReadResults(Map.of())), () -> reads.get() == 3, Duration.ofMinutes(10));

    assertThat(reads).hasValue(3);
  }

  @Test
  void run_leaseNeverComes_endsAllTheSame() throws InterruptedException {
    long began = System.nanoTime();
    WarmUp.run(reader(new ReadResults(Map.of())), () -> false, Duration.ofMillis(20));

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
    WarmUp.run(failing, () -> reads.get() == 3, Duration.ofMinutes(10));

    assertThat(reads).hasValue(3);
  }

  private EntityReader reader(ReadResults results) {
    return (keys, options, scope) -> {
      reads.incrementAndGet();
      return CompletableFuture.completedFuture(results);
    };
  }
}
