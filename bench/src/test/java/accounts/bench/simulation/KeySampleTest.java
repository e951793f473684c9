package accounts.bench.simulation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

final class KeySampleTest {

  private final Zipf zipf = new Zipf(100_000, 0.99);

  @Test
  void of_aTenth_hasAboutATenthOfTheKeysAndOfTheirCalls() {
    KeySample sample = KeySample.of(zipf, 1_000, 0.1, 1);

    assertThat(sample.ranks().length).isCloseTo(9_900, within(400));
    assertThat(sample.share()).isCloseTo(zipf.share(1_000, 100_000) / 10, within(0.002));
  }

  @Test
  void of_popularKeysLeftOut_hasNoneOfThem() {
    assertThat(LongStream.of(KeySample.of(zipf, 1_000, 0.1, 1).ranks()))
        .allMatch(rank -> rank >= 1_000);
  }

  @Test
  void of_smallerRate_isPartOfTheLarger() {
    long[] large = KeySample.of(zipf, 1, 0.2, 1).ranks();

    assertThat(LongStream.of(KeySample.of(zipf, 1, 0.1, 1).ranks()))
        .allMatch(rank -> Arrays.binarySearch(large, rank) >= 0);
  }

  @Test
  void of_otherSeed_isAnotherSample() {
    assertThat(KeySample.of(zipf, 1, 0.1, 2).ranks())
        .isNotEqualTo(KeySample.of(zipf, 1, 0.1, 1).ranks());
  }

  @Test
  void next_manyDraws_comeAsOftenAsTheirShareAmongTheSample() {
    KeySample sample = KeySample.of(zipf, 1, 0.001, 1);
    long first = sample.ranks()[0];
    SplittableRandom random = new SplittableRandom(1);
    int drawn = 0;
    for (int i = 0; i < 100_000; i++) {
      drawn += sample.next(random) == first ? 1 : 0;
    }

    double expected = 100_000 * zipf.share(first) / sample.share();
    assertThat((double) drawn).isCloseTo(expected, within(5 * Math.sqrt(expected)));
  }

  @Test
  void of_noKeySampled_saysSo() {
    assertThatThrownBy(() -> KeySample.of(zipf, 99_999, 1e-9, 1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("a larger share of 100000 keys");
  }
}
