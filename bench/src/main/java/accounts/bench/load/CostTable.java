package accounts.bench.load;

import java.util.List;
import java.util.stream.Collectors;

/**
 * Prints costs as a table.
 *
 * @param costs of all operations with all variants
 */
record CostTable(List<OperationCost> costs) {

  String text() {
    return "%-18s %-18s %6s %8s %8s %11s %6s %6s  %-42s %s%n"
            .formatted(
                "",
                "",
                "n",
                "p50 ms",
                "p99 ms",
                "p50/tutorial",
                "calls",
                "items",
                "Momento, for each",
                "DynamoDB calls for each")
        + costs.stream().map(this::row).collect(Collectors.joining())
        + extra(Variant.WITHOUT_REPAIR)
        + extra(Variant.WHOLE);
  }

  private String row(OperationCost cost) {
    return "%-18s %-18s %,6d %8.2f %8.2f %11.2f %6.2f %6.2f  %-42s %s%n"
        .formatted(
            cost.operation().title(),
            cost.variant().title(),
            cost.times(),
            cost.millis(50),
            cost.millis(99),
            cost.millis(50) / of(cost.operation(), Variant.TUTORIAL).millis(50),
            cost.cacheCalls().total() / (double) cost.times(),
            cost.cacheItems().total() / (double) cost.times(),
            cost.cacheCalls().text(cost.times()),
            cost.storeCalls().text(cost.times()));
  }

  /** Returns what a change costs more than the tutorial's, as text. */
  private String extra(Variant variant) {
    OperationCost tutorial = of(Operation.CHANGE, Variant.TUTORIAL);
    OperationCost cost = of(Operation.CHANGE, variant);
    return "a change's extra cost over the tutorial's (%s): %+.2f ms at p50; Momento %s; DynamoDB %s%n"
        .formatted(
            variant.title(),
            cost.millis(50) - tutorial.millis(50),
            cost.cacheCalls().since(tutorial.cacheCalls()).text(cost.times()),
            cost.storeCalls().since(tutorial.storeCalls()).text(cost.times()));
  }

  private OperationCost of(Operation operation, Variant variant) {
    return costs.stream()
        .filter(cost -> cost.operation() == operation && cost.variant() == variant)
        .findFirst()
        .orElseThrow();
  }
}
