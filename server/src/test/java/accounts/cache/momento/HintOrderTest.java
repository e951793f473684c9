package accounts.cache.momento;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

final class HintOrderTest {

  private static final long PAGE = 7;

  private final AtomicInteger missed = new AtomicInteger();
  private final HintOrder order = new HintOrder(missed::incrementAndGet);

  @Test
  void begun_newStream_missedWhatCameBefore() {
    order.begun();
    order.begun();

    assertThat(missed).hasValue(1);
  }

  @Test
  void next_numbersInARow_missesNothing() {
    order.next(PAGE, 41);
    order.next(PAGE, 42);
    order.next(PAGE, 43);

    assertThat(missed).hasValue(1);
  }

  @Test
  void next_gap_missed() {
    order.next(PAGE, 41);
    order.next(PAGE, 43);

    assertThat(missed).hasValue(2);
  }

  @Test
  void next_anotherPage_missed() {
    order.next(PAGE, 41);
    order.next(PAGE + 1, 42);

    assertThat(missed).hasValue(2);
  }

  @Test
  void broken_thenAnyNumber_missedOnce() {
    order.begun();
    order.broken();
    order.next(PAGE + 1, 1);

    assertThat(missed).hasValue(2);
  }
}
