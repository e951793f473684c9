package accounts.bench.harness;

import static org.assertj.core.api.Assertions.assertThat;

import accounts.bench.freshness.Ledger;
import accounts.bench.freshness.Load;
import accounts.bench.history.Rules;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The short form of {@code make check-freshness}: one round of all faults. */
@Tag("proof")
final class FreshnessProofTest {

  private static final Rules RULES =
      new Rules(Duration.ofSeconds(1), Rules.NO_REPAIR, Duration.ofSeconds(30));

  @TempDir private Path logs = Path.of("");

  @Test
  void allFaults_protocolWhole_nothingIsStale() throws InterruptedException {
    Ledger ledger = new Ledger(RULES);
    try (Cluster cluster = Cluster.start(3, Map.of(), 1, logs)) {
      FaultRun run = FaultRun.ofAll(cluster, ledger, 1, Duration.ofMillis(600));
      run.run(Duration.ofSeconds(1), Load.DEFAULT);
      assertThat(ledger.firstBadHistory()).isEmpty();
      assertThat(run.missing()).isEmpty();
    }
  }

  @Test
  void slowFills_tutorialsProtocol_isConvicted() throws InterruptedException {
    Conviction.Finding finding =
        Conviction.of("generations", RULES, Duration.ofSeconds(60)).seek(1, logs);
    assertThat(finding.badHistory()).isPresent();
  }
}
