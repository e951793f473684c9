package accounts.bench.harness;

import static org.assertj.core.api.Assertions.assertThat;

import accounts.bench.freshness.Ledger;
import accounts.bench.freshness.Load;
import accounts.bench.history.Rules;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The short form of {@code make check-freshness}: one round of some faults, and one mutant. */
@Tag("proof")
final class FreshnessProofTest {

  private static final Rules RULES =
      new Rules(Duration.ofSeconds(1), Rules.NO_REPAIR, Duration.ofSeconds(30));

  /** Rows of docs/freshness.md that are quick, for the cache, DynamoDB and the instances. */
  private static final Set<Integer> ROWS = Set.of(2, 3, 5, 16, 17, 20);

  @TempDir private Path logs = Path.of("");

  @Test
  void someFaults_intactServer_nothingIsStale() throws InterruptedException {
    Ledger ledger = new Ledger(RULES);
    try (Cluster cluster = Cluster.start(3, Map.of(), 1, logs)) {
      FaultRun run = FaultRun.of(cluster, ledger, ROWS, 1, Duration.ofMillis(600));
      run.run(Duration.ofSeconds(1), Load.DEFAULT);
      assertThat(ledger.firstBadHistory()).isEmpty();
      assertThat(run.missing()).isEmpty();
    }
  }

  @Test
  void flushesUnderSlowReads_tutorialsProtocol_isDetected() throws InterruptedException {
    Detection.Run run = Detection.of("tutorial", RULES, Duration.ofSeconds(60)).runMutant(1, logs);
    assertThat(run.badHistory()).isPresent();
  }
}
