package accounts.bench.history;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class TimelineTest {

  @Test
  void before_betweenSteps_isTheLastOne() {
    Timeline timeline = new Timeline(1000);
    timeline.add(10, 1);
    timeline.add(20, 2);
    assertThat(timeline.before(10)).isZero();
    assertThat(timeline.before(11)).isEqualTo(1);
    assertThat(timeline.before(21)).isEqualTo(2);
  }

  @Test
  void before_withinTheHorizonOfManySteps_isExact() {
    Timeline timeline = new Timeline(100);
    for (int i = 1; i <= 100_000; i++) {
      timeline.add(i, i);
    }
    assertThat(timeline.before(99_950)).isEqualTo(99_949);
    assertThat(timeline.highest()).isEqualTo(100_000);
  }
}
