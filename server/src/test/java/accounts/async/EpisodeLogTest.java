package accounts.async;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

final class EpisodeLogTest {

  @AutoClose private final CapturedLog captured = CapturedLog.ofEverything("episodes");
  private long now;
  private final EpisodeLog log =
      new EpisodeLog(
          LoggerFactory.getLogger("episodes"), "calls fail", "calls no longer fail", () -> now);

  @Test
  void failed_aThousandTimesInASecond_isOneLine() {
    for (int i = 0; i < 1000; i++) {
      fail();
    }

    assertThat(captured.lines()).containsExactly("WARN calls fail: throttled");
  }

  @Test
  void tick_afterAQuietTime_isTheEndWithTheNumber() {
    for (int i = 0; i < 5; i++) {
      fail();
      pass(Duration.ofSeconds(3));
      log.succeeded();
    }
    pass(Duration.ofSeconds(7));
    log.succeeded();
    log.succeeded();

    assertThat(captured.lines())
        .containsExactly(
            "WARN calls fail: throttled", "INFO calls no longer fail: 5 failed within 12 s");
  }

  @Test
  void failed_forMinutes_isALineAMinute() {
    for (int i = 0; i <= 120; i++) {
      fail();
      pass(Duration.ofSeconds(1));
    }

    assertThat(captured.lines())
        .containsExactly(
            "WARN calls fail: throttled",
            "WARN calls fail, 61 so far: throttled",
            "WARN calls fail, 121 so far: throttled");
  }

  @Test
  void failed_afterAQuietTime_endsTheOldEpisodeAndBeginsANewOne() {
    fail();
    pass(Duration.ofSeconds(11));
    fail();

    assertThat(captured.lines())
        .containsExactly(
            "WARN calls fail: throttled",
            "INFO calls no longer fail: 1 failed within 0 s",
            "WARN calls fail: throttled");
  }

  private void fail() {
    log.failed(() -> "throttled");
  }

  private void pass(Duration time) {
    now += time.toNanos();
  }
}
