package accounts.bench.simulation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.SplittableRandom;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class ZipfTest {

  private static final int DRAWS = 200_000;

  @ParameterizedTest
  @ValueSource(doubles = {0.5, 0.99, 1, 1.5})
  void next_manyDraws_comesAsOftenAsItsShare(double exponent) {
    Zipf zipf = new Zipf(1_000, exponent);
    SplittableRandom random = new SplittableRandom(1);
    long[] drawn = new long[1_001];
    for (int i = 0; i < DRAWS; i++) {
      drawn[(int) zipf.next(random)]++;
    }

    for (int rank : new int[] {1, 2, 10}) {
      double expected = zipf.share(rank) * DRAWS;
      assertThat((double) drawn[rank]).isCloseTo(expected, within(5 * Math.sqrt(expected)));
    }
    double tail = zipf.share(500, 1_000) * DRAWS;
    assertThat((double) LongStream.of(drawn).skip(500).sum())
        .isCloseTo(tail, within(5 * Math.sqrt(tail)));
  }

  @Test
  void share_allKeys_isOne() {
    Zipf zipf = new Zipf(1_000_000_000L, 0.99);

    assertThat(zipf.share(1, zipf.keys())).isCloseTo(1, within(1e-12));
    assertThat(zipf.share(1, 5_000) + zipf.share(5_001, zipf.keys())).isCloseTo(1, within(1e-9));
  }

  @Test
  void share_millionsOfKeys_isTheSumOfTheTerms() {
    double sum = 0;
    for (long rank = 1; rank <= 2_000_000; rank++) {
      sum += Math.pow((double) rank, -0.99);
    }

    assertThat(new Zipf(2_000_000, 0.99).share(1)).isCloseTo(1 / sum, within(1e-9));
  }

  @Test
  void next_oneKey_isIt() {
    assertThat(new Zipf(1, 0.99).next(new SplittableRandom(1))).isEqualTo(1);
  }

  @Test
  void new_noKey_saysWhatIsExpected() {
    assertThatThrownBy(() -> new Zipf(0, 0.99)).hasMessageContaining("expected: 1 or more");
  }
}
