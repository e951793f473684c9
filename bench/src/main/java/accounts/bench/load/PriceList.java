package accounts.bench.load;

import java.util.List;
import java.util.stream.Collectors;

/**
 * Prices as people read them.
 *
 * @param prices of all operations for all variants
 */
record PriceList(List<Price> prices) {

  String text() {
    return "%-6s %-18s %6s %8s %8s %9s  %-68s %s%n"
            .formatted(
                "",
                "",
                "n",
                "p50 ms",
                "p99 ms",
                "p50/plain",
                "Momento calls for one",
                "DynamoDB calls for one")
        + prices.stream().map(this::row).collect(Collectors.joining())
        + extra(Variant.WITHOUT_REPAIR)
        + extra(Variant.WHOLE);
  }

  private String row(Price price) {
    return "%-6s %-18s %,6d %8.2f %8.2f %9.2f  %-68s %s%n"
        .formatted(
            price.operation().title(),
            price.variant().title(),
            price.times(),
            price.millis(50),
            price.millis(99),
            price.millis(50) / of(price.operation(), Variant.PLAIN).millis(50),
            price.cacheCalls().text(price.times()),
            price.storeCalls().text(price.times()));
  }

  /** What a write costs on top of plain write-aside. */
  private String extra(Variant variant) {
    Price plain = of(Operation.WRITE, Variant.PLAIN);
    Price price = of(Operation.WRITE, variant);
    return "a write's extra cost over plain write-aside (%s): %+.2f ms at p50; Momento %s; DynamoDB %s%n"
        .formatted(
            variant.title(),
            price.millis(50) - plain.millis(50),
            price.cacheCalls().since(plain.cacheCalls()).text(price.times()),
            price.storeCalls().since(plain.storeCalls()).text(price.times()));
  }

  private Price of(Operation operation, Variant variant) {
    return prices.stream()
        .filter(price -> price.operation() == operation && price.variant() == variant)
        .findFirst()
        .orElseThrow();
  }
}
