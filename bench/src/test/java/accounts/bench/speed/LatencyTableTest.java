package accounts.bench.speed;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

final class LatencyTableTest {

  @Test
  void markdown_measuredAtTheRateOfItsBaseline_showsThatRate() {
    Measured relay = new Measured();
    relay.add(new Throughput(1000, 1, 1, 0, Units.NONE));
    Measured fresh = new Measured();
    fresh.add(new Throughput(3000, 1, 1, 0, Units.NONE));
    fresh.add(Measured.HALF, new Latency(120, 130, 140, 10));
    fresh.addAtSameRate(new Latency(90, 95, 99, 10));

    String table = new LatencyTable(Map.of(Kind.RELAY, relay, Kind.FRESH, fresh)).markdown();

    assertThat(table)
        .containsPattern("\\| FRESH hit, 2,000 users +\\| +50 % \\| +1,500 \\| +120 ")
        .containsPattern("\\| FRESH hit, 2,000 users +\\| +same \\| +500 \\| +90 ");
  }
}
