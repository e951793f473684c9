package accounts.bench.speed;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class MeasuredTest {

  private final Measured measured = new Measured();

  @Test
  void figures_oddNumberOfRounds_areTheMiddleOnes() {
    measured.add(new Throughput(300, 1, 10, 0, Units.NONE));
    measured.add(new Throughput(100, 9, 30, 0.5, Units.NONE));
    measured.add(new Throughput(200, 2, 20, 0.1, Units.NONE));

    assertThat(measured.perSecond()).isEqualTo(200);
    assertThat(measured.micros()).isEqualTo(2);
    assertThat(measured.bytes()).isEqualTo(20);
    assertThat(measured.unexpected()).isEqualTo(0.1);
  }

  @Test
  void figures_evenNumberOfRounds_areBetweenTheMiddleTwo() {
    measured.add(new Throughput(100, 0, 0, 0, Units.NONE));
    measured.add(new Throughput(400, 0, 0, 0, Units.NONE));
    measured.add(new Throughput(300, 0, 0, 0, Units.NONE));
    measured.add(new Throughput(200, 0, 0, 0, Units.NONE));

    assertThat(measured.perSecond()).isEqualTo(250);
  }

  @Test
  void at_severalRounds_hasTheMedianOfEachPercentile() {
    measured.add(0.5, new Latency(1, 50, 100, 10));
    measured.add(0.5, new Latency(3, 40, 900, 10));
    measured.add(0.5, new Latency(2, 60, 200, 10));
    measured.add(0.8, new Latency(7, 7, 7, 1));

    assertThat(measured.at(0.5)).isEqualTo(new Latency(2, 50, 200, 30));
    assertThat(measured.loads()).containsExactly(0.5, 0.8);
  }
}
