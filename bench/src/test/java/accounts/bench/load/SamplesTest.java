package accounts.bench.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import accounts.bench.load.Sample.Ending;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class SamplesTest {

  @Test
  void hitRatio_failedAndDroppedReads_areNoHits() {
    Samples samples =
        new Samples(
            List.of(
                sample(0, Ending.HIT, ""),
                sample(1, Ending.MISS, ""),
                sample(2, Ending.FAILED, "UNAVAILABLE"),
                sample(3, Ending.DROPPED, "")));
    assertThat(samples.hitRatio()).isEqualTo(0.25);
    assertThat(samples.failures()).isEqualTo("1 UNAVAILABLE, 1 not sent");
  }

  @Test
  void hitRatio_noReads_isZero() {
    assertThat(new Samples(List.of()).hitRatio()).isZero();
  }

  @Test
  void millis_hundredSamples_areTheNearestRanks() {
    Samples samples =
        new Samples(
            IntStream.rangeClosed(1, 100)
                .mapToObj(i -> new Sample(0, i * 1_000_000L, Ending.HIT, ""))
                .toList());
    assertThat(samples.millis(50)).isEqualTo(50);
    assertThat(samples.millis(99)).isEqualTo(99);
    assertThat(samples.millis(100)).isEqualTo(100);
  }

  @Test
  void in_period_includesItsFirstMomentAndExcludesItsEnd() {
    Samples samples = new Samples(List.of(sample(10, Ending.HIT, ""), sample(20, Ending.HIT, "")));
    assertThat(samples.in(new Period("", 10, 20)).all())
        .extracting(Sample::sent)
        .containsExactly(10L);
  }

  @Test
  void windows_notAMultiple_theRestBelongsToTheLast() {
    Period period = new Period("p", 0, Duration.ofSeconds(25).toNanos());
    assertThat(period.windows(Duration.ofSeconds(10)))
        .extracting(Period::name, Period::to)
        .containsExactly(
            tuple("p +0 s", Duration.ofSeconds(10).toNanos()), tuple("p +10 s", period.to()));
  }

  @Test
  void windows_longerThanThePeriod_isThePeriod() {
    Period period = new Period("p", 5, 7);
    assertThat(period.windows(Duration.ofSeconds(10))).containsExactly(new Period("p +0 s", 5, 7));
  }

  private static Sample sample(long sent, Ending ending, String code) {
    return new Sample(sent, 1, ending, code);
  }
}
