package accounts.bench.speed;

import static org.assertj.core.api.Assertions.assertThat;

import accounts.bench.load.Report;
import java.util.EnumMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class BoundsTest {

  private final Map<Kind, Measured> results = new EnumMap<>(Kind.class);
  private final Report report = new Report();

  private void measured(Kind kind, double perSecond, double micros, double bytes) {
    Measured measured = new Measured();
    measured.add(new Throughput(perSecond, micros, bytes, 0, Units.NONE));
    results.put(kind, measured);
  }

  @Test
  void judge_withinAllBounds_passes() {
    measured(Kind.ECHO, 1000, 10, 100);
    measured(Kind.BOUNDED, 900, 12.5, 130);

    new Bounds(results).judge(report);

    assertThat(report.passed()).isTrue();
    assertThat(report.text()).contains("throughput: 0.90 times that of bare echo");
  }

  @Test
  void judge_lessThroughput_fails() {
    measured(Kind.ECHO, 1000, 10, 100);
    measured(Kind.BOUNDED, 880, 10, 100);

    new Bounds(results).judge(report);

    assertThat(report.text())
        .contains("FAIL  BOUNDED hit")
        .contains("0.88 times that of bare echo (expected: 0.90 at least)");
  }

  @Test
  void judge_moreProcessorTime_fails() {
    measured(Kind.RELAY, 0, 50, 1);
    measured(Kind.FRESH, 0, 61, 1);

    new Bounds(results).judge(report);

    assertThat(report.text()).contains("1.22 times that of bare relay (expected: 1.20 at most)");
    assertThat(report.passed()).isFalse();
  }

  @Test
  void judge_laterAtItsOwnRateOnly_passesAtTheSameRate() {
    Measured relay = new Measured();
    relay.add(Measured.HALF, new Latency(100, 1, 1, 1));
    results.put(Kind.RELAY, relay);
    Measured fresh = new Measured();
    fresh.add(Measured.HALF, new Latency(120, 1, 1, 1));
    fresh.addAtSameRate(new Latency(90, 1, 1, 1));
    results.put(Kind.FRESH, fresh);

    new Bounds(results).judge(report);

    assertThat(report.text())
        .contains("FAIL  FRESH hit, 2,000 users, p50 at half load: 1.20 times that of bare relay")
        .contains(
            "ok    FRESH hit, 2,000 users, p50 at the same rate: 0.90 times that of bare relay");
  }

  @Test
  void judge_answersFromElsewhere_fail() {
    Measured measured = new Measured();
    measured.add(new Throughput(1, 1, 1, 0.02, Units.NONE));
    results.put(Kind.FRESH, measured);

    new Bounds(results).judge(report);

    assertThat(report.text()).contains("2.00 % failed or from somewhere else");
  }

  @Test
  void judge_baselineNotMeasured_saysNothing() {
    measured(Kind.FRESH, 1, 1, 1);

    new Bounds(results).judge(report);

    assertThat(report.text()).isEqualTo("PASS");
  }

  @Test
  void judgeLookUps_oneAfterTheOther_fails() {
    Bounds.judgeLookUps(2.9, report);

    assertThat(report.passed()).isFalse();
  }

  @Test
  void judgeMemory_more_fails() {
    Bounds.judgeMemory("the image", 257, report);

    assertThat(report.passed()).isFalse();
  }
}
