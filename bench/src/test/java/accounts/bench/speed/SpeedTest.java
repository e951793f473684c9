package accounts.bench.speed;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs the measurement as small as it gets: that it works, and not what it shows. */
final class SpeedTest {

  private static final Duration SHORT = Duration.ofMillis(200);

  @TempDir Path logs;

  @Test
  void run_small_reportsEveryKindAndItsBounds() throws InterruptedException {
    Plan plan =
        new Plan(
            EnumSet.of(Kind.ECHO, Kind.BOUNDED),
            200,
            1,
            SHORT,
            SHORT,
            SHORT,
            List.of(0.5),
            EnumSet.allOf(Kind.class),
            Optional.empty(),
            Optional.empty(),
            Path.of("prices.properties"),
            Optional.of(logs.resolve("results")),
            Duration.ZERO,
            List.of(),
            Optional.empty());

    String report = Speed.run(plan, logs).text();

    assertThat(logs.resolve("results/results.md")).content().contains("bare echo");
    assertThat(logs.resolve("results/throughput.svg")).content().contains("BOUNDED hit");
    assertThat(report)
        .containsPattern("\\| bare echo +\\| +[\\d,]+ ")
        .containsPattern("\\| BOUNDED hit, 100 users +\\| +[\\d,]+ \\| +[\\d.]+ × ")
        .containsPattern("\\| bare echo +\\| +50 % ")
        .contains("throughput: ", "processor time: ", "allocation: ");
  }
}
