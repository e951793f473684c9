package accounts.bench.simulation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import accounts.bench.simulation.PoissonTrace.Mix;
import java.time.Duration;
import org.junit.jupiter.api.Test;

final class SteadyTest {

  private static final Size SIZE = new Size(1_000, 1_000_000, 20_000);
  private static final Settings SETTINGS =
      Settings.of(SIZE.instances(), 1).withTtl(Duration.ofMinutes(5));

  private final Steady steady =
      new Steady(
          SIZE, new Zipf(SIZE.keys(), 0.99), new Mix(SIZE.instances(), SIZE.calls(), 0.5, 0.01), 1);

  @Test
  void service_manyInstances_aSampleIsAsComputed() {
    Steady.Finding found = steady.service(SETTINGS, Steady.Load.ZIPF);

    assertThat(found.rate()).isLessThan(0.1);
    assertThat(found.simulated().loads() / found.expected().loads()).isCloseTo(1, within(0.05));
    assertThat(found.hitRatio()).isCloseTo(found.all().hitRatio(), within(0.01));
  }

  @Test
  void tutorial_sameLoad_readsTheTableFarMore() {
    Steady.Finding service = steady.service(SETTINGS, Steady.Load.ZIPF);
    Steady.Finding tutorial = steady.tutorial(SETTINGS.withTtl(Tutorial.TTL), Steady.Load.ZIPF);

    assertThat(tutorial.estimate().loads()).isGreaterThan(2 * service.estimate().loads());
  }

  @Test
  void service_bursts_costHardlyAReadOfTheTable() {
    double without = steady.service(SETTINGS, Steady.Load.ZIPF).simulated().loads();

    assertThat(steady.service(SETTINGS, Steady.Load.BURSTS).simulated().loads())
        .isCloseTo(without, within(0.1 * without));
  }
}
