package accounts.bench.simulation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import accounts.bench.simulation.PoissonTrace.Mix;
import accounts.bench.simulation.Renewal.Rates;
import accounts.service.Source;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Small simulations, of the service's own classes. */
final class FleetTest {

  private static final int INSTANCES = 3;
  private static final Duration TTL = Duration.ofSeconds(10);
  private static final Zipf ZIPF = new Zipf(500, 0.99);
  private static final Mix MIX = new Mix(INSTANCES, 400, 0.5, 0.02);
  private static final Settings SETTINGS = Settings.of(INSTANCES, 1).withTtl(TTL);

  private static Fleet played(Settings settings, Tally tally, Duration length) {
    Fleet fleet = Fleet.start(settings);
    Player.of(fleet, call -> tally, Duration.ZERO).play(new PoissonTrace(ZIPF, MIX, length, 1));
    return fleet;
  }

  private static String summary(Settings settings) {
    Tally tally = new Tally();
    Fleet fleet = played(settings, tally, Duration.ofSeconds(20));
    return "%d %d %d %d, %d %d %d %d, %f %f"
        .formatted(
            tally.from(Source.NEAR_CACHE),
            tally.from(Source.CACHE),
            tally.from(Source.STORE),
            tally.failures(),
            fleet.cache().gets().total(),
            fleet.cache().swaps().total(),
            fleet.store().reads().total(),
            fleet.hints().published().total(),
            tally.readMillis(99),
            tally.writeMillis(99));
  }

  @Test
  void play_sameSeed_isTheSameToTheLastCall() {
    assertThat(summary(SETTINGS.withRenewals())).isEqualTo(summary(SETTINGS.withRenewals()));
  }

  @Test
  void play_otherSeed_isNotTheSame() {
    assertThat(summary(Settings.of(INSTANCES, 2).withTtl(TTL))).isNotEqualTo(summary(SETTINGS));
  }

  @Test
  void play_longRun_isAsRenewalTheoryExpects() {
    Duration length = TTL.multipliedBy(12);
    Tally tally = new Tally();
    Fleet fleet = played(SETTINGS, tally, length);
    Renewal renewal =
        new Renewal(
            INSTANCES,
            MIX.bounded(),
            MIX.writes(),
            TTL,
            SETTINGS.bound(),
            SETTINGS.refreshAt(),
            SETTINGS.cache().mean(),
            Duration.ZERO,
            1e9);
    Rates expected = renewal.of(ZIPF, 1, MIX.perSecond());

    assertThat(tally.failures() + tally.failedWrites()).isZero();
    assertThat(tally.nearRatio()).isCloseTo(expected.nearRatio(), within(0.02));
    // From an empty cache on: the first loads of all keys come on top.
    double loads = fleet.store().reads().total() - (double) ZIPF.keys();
    assertThat(loads / length.toSeconds() / expected.loads()).isCloseTo(1, within(0.1));
  }

  @Test
  void play_writes_areReadByTheNextAndHintedToTheOthers() {
    Tally tally = new Tally();
    Fleet fleet = played(SETTINGS, tally, Duration.ofSeconds(20));

    assertThat(tally.writes()).isPositive();
    assertThat(fleet.hints().published().total()).isEqualTo(tally.writes());
    assertThat(fleet.store().writes().total()).isGreaterThanOrEqualTo(tally.writes());
  }

  @Test
  void hotKey_expires_isReadOnceHoweverManyInstances() {
    HotKey hotKey = new HotKey(50, Duration.ZERO, Duration.ofMillis(200));

    assertThat(hotKey.service(1).loads()).isEqualTo(1);
    assertThat(hotKey.tutorial(1).loads()).isGreaterThan(5);
  }

  @Test
  void nearExpiry_refreshed_hardlyAnybodyWaitsForAHotKey() {
    NearExpiry near = new NearExpiry(new Size(2, 500, 400), ZIPF, 20);
    NearExpiry.Finding never = near.run(2, 1);
    NearExpiry.Finding refreshed = near.run(0.75, 1);

    assertThat(never.hotWaited()).isGreaterThan(0.02);
    assertThat(refreshed.hotWaited()).isLessThan(never.hotWaited() / 5);
    assertThat(refreshed.gets()).isBetween(never.gets(), 1.5 * never.gets());
  }

  @Test
  void cutOff_oneInstance_readsTheTableAndItsWritesAreAcknowledged() {
    String table = new CutOffInstance(new Size(3, 500, 300), ZIPF, 0.05).run(1).text();

    assertThat(line(table, "it, cut off")).contains("|    0.0 % |");
    assertThat(line(table, "others, cut off"))
        .containsPattern("\\| +9[5-9]\\.\\d+ %|\\| +100\\.0 %");
    assertThat(line(table, "notices, epochs raised")).doesNotContain("|      0 |");
  }

  private static String line(String table, String name) {
    return table.lines().filter(line -> line.startsWith("| " + name)).findFirst().orElse("");
  }
}
