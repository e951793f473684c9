package accounts.bench.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

final class OpenLoopTest {

  private static final double PER_SECOND = 1000;

  private final Queue<Runnable> inFlight = new ConcurrentLinkedQueue<>();
  private final AtomicInteger sent = new AtomicInteger();

  @Test
  void send_tooManyInFlight_dropsTheCall() throws InterruptedException {
    CountDownLatch dropped = new CountDownLatch(3);
    OpenLoop loop = OpenLoop.start("test", PER_SECOND, 2, this::keep, due -> dropped.countDown());
    dropped.await();
    inFlight.forEach(Runnable::run);
    loop.close();
    assertThat(sent.get()).isGreaterThanOrEqualTo(2);
    assertThat(inFlight).hasSize(2);
  }

  private void keep(long number, long due, Runnable ended) {
    if (sent.incrementAndGet() <= 2) {
      inFlight.add(ended);
    } else {
      ended.run();
    }
  }

  @Test
  void close_callThrew_reportsThatTheLoadEndedEarly() throws InterruptedException {
    CountDownLatch called = new CountDownLatch(1);
    OpenLoop loop =
        OpenLoop.start(
            "test",
            PER_SECOND,
            1,
            (number, due, ended) -> {
              ended.run();
              called.countDown();
              throw new IllegalArgumentException("broken");
            },
            due -> {});
    called.await();
    assertThatThrownBy(loop::close).hasMessageContaining("ended early");
  }
}
