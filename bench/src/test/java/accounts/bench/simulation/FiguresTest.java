package accounts.bench.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

final class FiguresTest {

  @Test
  void of_numbers_haveThreeDigitsThatSaySomething() {
    assertThat(Figures.of(0)).isEqualTo("0");
    assertThat(Figures.of(0.25)).isEqualTo("0.25");
    assertThat(Figures.of(5_344)).isEqualTo("5,344");
    assertThat(Figures.of(12_345)).isEqualTo("12.3 k");
    assertThat(Figures.of(1e6)).isEqualTo("1 M");
    assertThat(Figures.of(367_400)).isEqualTo("367 k");
  }

  @Test
  void percent_nearlyAll_hasMoreDigits() {
    assertThat(Figures.percent(0.99949)).isEqualTo("99.949 %");
    assertThat(Figures.percent(0.5)).isEqualTo("50.0 %");
  }

  @Test
  void of_durations_areShort() {
    assertThat(Figures.of(Duration.ofMillis(300))).isEqualTo("300 ms");
    assertThat(Figures.of(Duration.ofSeconds(60))).isEqualTo("60 s");
    assertThat(Figures.of(Duration.ofMinutes(30))).isEqualTo("30 min");
    assertThat(Figures.of(Duration.ofHours(24))).isEqualTo("24 h");
  }
}
