package accounts.async;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

final class CapturedLogTest {

  private final Logger logger = (Logger) LoggerFactory.getLogger("captured");

  // What the log must not show may be in what an exception says, or its cause.
  @Test
  void text_exceptionWithACause_hasTheirMessages() {
    try (CapturedLog log = CapturedLog.ofEverything("captured")) {
      logger.trace("message", new IllegalStateException("outer", new RuntimeException("inner")));

      assertThat(log.events()).hasSize(1);
      assertThat(CapturedLog.text(log.events().getFirst())).contains("message", "outer", "inner");
    }
  }

  @Test
  void close_levelChanged_isAsBefore() {
    logger.setLevel(Level.WARN);
    CapturedLog log = CapturedLog.ofEverything("captured");
    log.close();
    logger.error("later");

    assertThat(log.lines()).isEmpty();
    assertThat(logger.getLevel()).isEqualTo(Level.WARN);
    assertThat(logger.isAdditive()).isTrue();
  }
}
