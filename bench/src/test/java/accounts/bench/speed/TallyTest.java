package accounts.bench.speed;

import static org.assertj.core.api.Assertions.assertThat;

import accounts.bench.load.OpenLoop;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.locks.LockSupport;
import org.HdrHistogram.Histogram;
import org.junit.jupiter.api.Test;

final class TallyTest {

  private static final double PER_SECOND = 1000;
  private static final Duration STALL = Duration.ofMillis(300);
  private static final int STALLED_AT = 50;
  private static final int CALLS = 400;

  private final Tally tally = new Tally();
  private final CountDownLatch ended = new CountDownLatch(CALLS);

  /** A server that stops for 300 ms delays the 300 calls that are due meanwhile, not one. */
  @Test
  void takeNanos_serverStalled_showsAllCallsThatWereDueMeanwhile() throws InterruptedException {
    OpenLoop loop = OpenLoop.start("test", PER_SECOND, CALLS, this::call, due -> {});
    ended.await();
    loop.close();

    Histogram nanos = tally.takeNanos();
    long late = nanos.getCountBetweenValues(STALL.toNanos() / 3, Long.MAX_VALUE);
    assertThat(late).isGreaterThan(150);
    assertThat(nanos.getMaxValue()).isGreaterThanOrEqualTo(STALL.toNanos() * 9 / 10);
    assertThat(tally.ended()).isGreaterThanOrEqualTo(CALLS);
  }

  private void call(long number, long due, Runnable end) {
    if (number == STALLED_AT) {
      LockSupport.parkNanos(STALL.toNanos());
    }
    tally.ended(due, true);
    end.run();
    ended.countDown();
  }

  @Test
  void unexpected_failuresAndDroppedCalls_counts() {
    tally.ended(System.nanoTime(), true);
    tally.ended(System.nanoTime(), false);
    tally.dropped();

    assertThat(tally.ended()).isEqualTo(2);
    assertThat(tally.unexpected()).isEqualTo(2);
  }
}
