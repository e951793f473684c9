package accounts.bench.speed;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.IntStream;
import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.Test;

final class ZipfKeysTest {

  private static final int KEYS = 1000;
  private static final double EXPONENT = 0.99;
  private static final int DRAWS = 1 << 18;

  private final ZipfKeys keys = new ZipfKeys(KEYS, EXPONENT, 7);

  private double share(int key) {
    return IntStream.range(0, DRAWS).filter(i -> keys.at(i) == key).count() / (double) DRAWS;
  }

  private static double expected(int key) {
    double all = IntStream.rangeClosed(1, KEYS).mapToDouble(k -> Math.pow(k, -EXPONENT)).sum();
    return Math.pow(key + 1, -EXPONENT) / all;
  }

  @Test
  void at_manyCalls_sharesFollowZipfsLaw() {
    assertThat(share(0)).isCloseTo(expected(0), Percentage.withPercentage(3));
    assertThat(share(1)).isCloseTo(expected(1), Percentage.withPercentage(3));
    assertThat(share(9)).isCloseTo(expected(9), Percentage.withPercentage(6));
  }

  @Test
  void at_anyCall_isAKey() {
    assertThat(IntStream.range(0, DRAWS).map(keys::at)).allMatch(key -> key >= 0 && key < KEYS);
  }
}
