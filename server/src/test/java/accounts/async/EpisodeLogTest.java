package accounts.async;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

final class EpisodeLogTest {

  private final ListAppender<ILoggingEvent> lines = new ListAppender<>();
  private long now;
  private final EpisodeLog log;

  EpisodeLogTest() {
    Logger logger = (Logger) LoggerFactory.getLogger("episodes." + System.identityHashCode(this));
    logger.setLevel(Level.INFO);
    lines.start();
    logger.addAppender(lines);
    logger.setAdditive(false);
    this.log = new EpisodeLog(logger, "calls fail", "calls no longer fail", () -> now);
  }

  @Test
  void failed_aThousandTimesInASecond_isOneLine() {
    for (int i = 0; i < 1000; i++) {
      fail();
    }

    assertThat(lines()).containsExactly("calls fail: throttled");
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

    assertThat(lines())
        .containsExactly("calls fail: throttled", "calls no longer fail: 5 failed within 12 s");
  }

  @Test
  void failed_forMinutes_isALineAMinute() {
    for (int i = 0; i <= 120; i++) {
      fail();
      pass(Duration.ofSeconds(1));
    }

    assertThat(lines())
        .containsExactly(
            "calls fail: throttled",
            "calls fail, 61 so far: throttled",
            "calls fail, 121 so far: throttled");
  }

  @Test
  void failed_afterAQuietTime_endsTheOldEpisodeAndBeginsANewOne() {
    fail();
    pass(Duration.ofSeconds(11));
    fail();

    assertThat(lines())
        .containsExactly(
            "calls fail: throttled",
            "calls no longer fail: 1 failed within 0 s",
            "calls fail: throttled");
  }

  private void fail() {
    log.failed(() -> "throttled");
  }

  private void pass(Duration time) {
    now += time.toNanos();
  }

  private List<String> lines() {
    return lines.list.stream().map(ILoggingEvent::getFormattedMessage).toList();
  }
}
