package accounts.bench.load;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.HdrHistogram.Histogram;
import org.junit.jupiter.api.Test;

final class PriceTest {

  @Test
  void isWrong_hitOfOneRoundTrip_isNot() {
    assertThat(price(Operation.HIT, Variant.WHOLE, 2, Map.of("GetBatch", 2L)).isWrong()).isFalse();
  }

  @Test
  void isWrong_hitOfMoreOrLessOrOtherCalls_is() {
    List<Map<String, Long>> wrong =
        List.of(Map.of("GetBatch", 3L), Map.of("GetBatch", 2L, "Set", 1L), Map.of());
    assertThat(wrong).allMatch(calls -> price(Operation.HIT, Variant.WHOLE, 2, calls).isWrong());
  }

  @Test
  void isWrong_missOfManyCalls_isNot() {
    assertThat(price(Operation.MISS, Variant.WHOLE, 2, Map.of("Set", 4L)).isWrong()).isFalse();
  }

  @Test
  void text_writes_saysWhatTheyCostMoreThanPlainOnes() {
    Map<String, Long> plain = Map.of("GetBatch", 2L, "Set", 2L);
    Map<String, Long> whole = Map.of("GetBatch", 2L, "Increment", 3L);
    PriceList list =
        new PriceList(
            List.of(
                price(Operation.WRITE, Variant.PLAIN, 2, plain),
                price(Operation.WRITE, Variant.WITHOUT_REPAIR, 2, plain),
                price(Operation.WRITE, Variant.WHOLE, 2, whole)));
    assertThat(list.text())
        .contains("(whole): +0.00 ms at p50; Momento Increment 1.500, Set -1; DynamoDB -")
        .contains("(whole, repair off): +0.00 ms at p50; Momento -; DynamoDB -");
  }

  private static Price price(
      Operation operation, Variant variant, int times, Map<String, Long> cacheCalls) {
    Histogram nanos = new Histogram(3);
    nanos.recordValueWithCount(1_000_000, times);
    return new Price(operation, variant, nanos, new Calls(cacheCalls), Calls.NONE);
  }
}
