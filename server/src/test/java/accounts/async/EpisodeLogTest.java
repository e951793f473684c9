package accounts.async;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

final class EpisodeLogTest {

  @AutoClose private final CapturedLog captured = CapturedLog.ofEverything("episodes");
  private long now;
  private final EpisodeLog log = log(1);

  @Test
  void failed_aThousandTimesInASecond_isOneLine() {
    for (int i = 0; i < 1000; i++) {
      fail();
    }

    assertThat(captured.lines()).containsExactly("WARN calls fail: throttled");
  }

  @Test
  void succeeded_afterAQuietTime_isTheEndWithTheNumber() {
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
  void failed_afterAQuietTimeWithoutASuccess_isTheSameEpisode() {
    fail();
    pass(Duration.ofSeconds(11));
    fail();

    assertThat(captured.lines()).containsExactly("WARN calls fail: throttled");
  }

  @Test
  void failed_afterTheEnd_isANewEpisode() {
    fail();
    pass(Duration.ofSeconds(11));
    log.succeeded();
    fail();

    assertThat(captured.lines())
        .containsExactly(
            "WARN calls fail: throttled",
            "INFO calls no longer fail: 1 failed within 0 s",
            "WARN calls fail: throttled");
  }

  @Test
  void failed_lessOftenInARowThanIsNotNormal_isNoLine() {
    EpisodeLog ofThree = log(3);
    for (int i = 0; i < 100; i++) {
      fail(ofThree);
      fail(ofThree);
      ofThree.succeeded();
    }
    assertThat(captured.lines()).isEmpty();

    fail(ofThree);
    fail(ofThree);
    fail(ofThree);
    ofThree.succeeded();
    fail(ofThree);
    assertThat(captured.lines()).containsExactly("WARN calls fail: throttled");

    pass(Duration.ofSeconds(11));
    ofThree.succeeded();
    assertThat(captured.lines()).last().isEqualTo("INFO calls no longer fail: 4 failed within 0 s");
  }

  private EpisodeLog log(int least) {
    return new EpisodeLog(
        LoggerFactory.getLogger("episodes"),
        least,
        "calls fail",
        "calls no longer fail",
        () -> now);
  }

  private void fail() {
    fail(log);
  }

  private static void fail(EpisodeLog log) {
    log.failed(() -> "throttled");
  }

  private void pass(Duration time) {
    now += time.toNanos();
  }
}
