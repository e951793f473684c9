package accounts.bench.speed;

import static org.assertj.core.api.Assertions.assertThat;

import accounts.bench.load.Prices;
import java.util.Map;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

final class UnitsTest {

  private static final Offset<Double> EXACTLY = Offset.offset(1e-9);
  private static final Prices PRICES = new Prices(10, 100, 1000, 1, 5, 6, 2);

  @Test
  void each_twoReadings_isTheirDifferenceForACall() {
    Units before = Units.of(Map.of("Get", 10L), Map.of("GetItem", 1L));
    Units after =
        Units.of(
            Map.of("Get", 30L, "GetBatch", 100L, "SetIf", 20L),
            Map.of("GetItem", 3L, "TransactWriteItems", 40L, "GetRecords", 7L));

    Units each = after.each(before, 10);

    assertThat(each.gets()).isCloseTo(12, EXACTLY);
    assertThat(each.changes()).isCloseTo(2, EXACTLY);
    assertThat(each.readUnits()).isCloseTo(0.2, EXACTLY);
    assertThat(each.writeUnits()).isCloseTo(4, EXACTLY);
  }

  @Test
  void million_consistentGet_countsByItsFactor() {
    Units get = Units.of(Map.of("Get", 1L), Map.of());

    assertThat(get.million(PRICES, true)).isCloseTo(6, EXACTLY);
    assertThat(get.million(PRICES, false)).isCloseTo(1, EXACTLY);
  }

  @Test
  void million_swapsHintsAndUnits_areAdded() {
    Units units =
        Units.of(
            Map.of("SetIf", 1L, "Set", 1L, "Publish", 1L), Map.of("GetItem", 1L, "PutItem", 1L));

    assertThat(units.million(PRICES, true)).isCloseTo(2 + 1 + 1 + 10 + 100, EXACTLY);
  }
}
