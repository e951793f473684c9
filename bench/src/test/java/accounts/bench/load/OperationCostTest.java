package accounts.bench.load;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.HdrHistogram.Histogram;
import org.junit.jupiter.api.Test;

final class OperationCostTest {

  @Test
  void isWrong_hitOfOneRoundTrip_isFalse() {
    assertThat(cost(Operation.HIT, Variant.WHOLE, 2, Map.of("Get", 2L)).isWrong()).isFalse();
  }

  @Test
  void isWrong_hitOfMoreOrLessOrOtherCalls_isTrue() {
    List<Map<String, Long>> wrong =
        List.of(Map.of("Get", 3L), Map.of("Get", 2L, "SetIf", 1L), Map.of());
    assertThat(wrong).allMatch(calls -> cost(Operation.HIT, Variant.WHOLE, 2, calls).isWrong());
  }

  @Test
  void isWrong_hitOfOneCallOfTwoItems_isTrue() {
    OperationCost cost =
        new OperationCost(
            Operation.HIT,
            Variant.WHOLE,
            millisecond(2),
            new Calls(Map.of("Get", 2L)),
            new Calls(Map.of("Get", 4L)),
            Calls.NONE);
    assertThat(cost.isWrong()).isTrue();
  }

  @Test
  void isWrong_changeOfTwoCompareAndSets_isTrue() {
    assertThat(cost(Operation.CHANGE, Variant.WHOLE, 2, Map.of("Get", 4L, "SetIf", 2L)).isWrong())
        .isFalse();
    assertThat(cost(Operation.CHANGE, Variant.WHOLE, 2, Map.of("Get", 4L, "SetIf", 3L)).isWrong())
        .isTrue();
  }

  @Test
  void isWrong_tutorial_isFalse() {
    assertThat(cost(Operation.HIT, Variant.TUTORIAL, 2, Map.of("Set", 4L)).isWrong()).isFalse();
  }

  @Test
  void text_changes_showsTheirExtraCostOverTheTutorials() {
    Map<String, Long> plain = Map.of("GetBatch", 2L, "Set", 2L);
    Map<String, Long> whole = Map.of("GetBatch", 2L, "Increment", 3L);
    CostTable list =
        new CostTable(
            List.of(
                cost(Operation.CHANGE, Variant.TUTORIAL, 2, plain),
                cost(Operation.CHANGE, Variant.WITHOUT_REPAIR, 2, plain),
                cost(Operation.CHANGE, Variant.WHOLE, 2, whole)));
    assertThat(list.text())
        .contains("(whole): +0.00 ms at p50; Momento Increment 1.500, Set -1; DynamoDB -")
        .contains("(whole, repair off): +0.00 ms at p50; Momento -; DynamoDB -");
  }

  private static OperationCost cost(
      Operation operation, Variant variant, int times, Map<String, Long> cacheCalls) {
    Calls calls = new Calls(cacheCalls);
    return new OperationCost(operation, variant, millisecond(times), calls, calls, Calls.NONE);
  }

  private static Histogram millisecond(int times) {
    Histogram nanos = new Histogram(3);
    nanos.recordValueWithCount(1_000_000, times);
    return nanos;
  }
}
