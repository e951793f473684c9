package accounts.grpc;

import static org.assertj.core.api.Assertions.assertThat;

import accounts.async.ManualTimer;
import accounts.overload.CallAdmission;
import java.time.Duration;
import org.junit.jupiter.api.Test;

final class RefusalsTest {

  private final ManualTimer timer = new ManualTimer();
  private final Refusals refusals = new Refusals(() -> timer, timer::nanoTime);
  private int told;

  @Test
  void refuse_firstTime_tellsAtOnce() {
    refuse("a");
    refuse("b");

    assertThat(told).isEqualTo(2);
  }

  @Test
  void refuse_callerThatComesBackAtOnce_tellsWhenItsTimeIsOver() {
    refuse("a");
    refuse("a");
    assertThat(told).isEqualTo(1);

    timer.advance(CallAdmission.RETRY_AFTER.minusMillis(1));
    assertThat(told).isEqualTo(1);
    timer.advance(Duration.ofMillis(1));
    assertThat(told).isEqualTo(2);
  }

  @Test
  void refuse_soonAfterEachOther_tellsTogether() {
    refuse("a");
    for (int i = 0; i < 4; i++) {
      timer.advance(Duration.ofMillis(2));
      refuse("a");
    }
    timer.advance(CallAdmission.RETRY_AFTER);
    assertThat(told).isEqualTo(1);

    timer.advance(Duration.ofMillis(2));
    assertThat(told).isEqualTo(5);
  }

  @Test
  void refuse_callerThatWaited_tellsAtOnce() {
    refuse("a");
    timer.advance(CallAdmission.RETRY_AFTER);
    refuse("a");

    assertThat(told).isEqualTo(2);
  }

  @Test
  void refuse_tooManyHeldBack_tellsAtOnce() {
    for (int i = 0; i < 5000; i++) {
      refuse("a");
    }
    assertThat(told).isEqualTo(5000 - 4096);

    timer.advance(CallAdmission.RETRY_AFTER);
    assertThat(told).isEqualTo(5000);
    refuse("a");
    refuse("a");
    assertThat(told).as("places are free again").isEqualTo(5001);
  }

  @Test
  void refuse_timerHasStopped_tellsAtOnce() {
    timer.shutdown();
    refuse("a");
    refuse("a");

    assertThat(told).isEqualTo(2);
  }

  private void refuse(String caller) {
    refusals.refuse(caller, () -> told++);
  }
}
