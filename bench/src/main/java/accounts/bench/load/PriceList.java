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
                "of Momento, for one",
                "DynamoDB calls for one")
        + prices.stream().map(this::row).collect(Collectors.joining())
        + extra(Variant.WITHOUT_REPAIR)
        + extra(Variant.WHOLE);
  }

  private String row(Price price) {
    return "%-18s %-18s %,6d %8.2f %8.2f %11.2f %6.2f %6.2f  %-42s %s%n"
        .formatted(
            price.operation().title(),
            price.variant().title(),
            price.times(),
            price.millis(50),
            price.millis(99),
            price.millis(50) / of(price.operation(), Variant.TUTORIAL).millis(50),
            price.cacheCalls().total() / (double) price.times(),
            price.cacheItems().total() / (double) price.times(),
            price.cacheCalls().text(price.times()),
            price.storeCalls().text(price.times()));
  }

  /** What a change costs on top of the tutorial's. */
  private String extra(Variant variant) {
    Price tutorial = of(Operation.CHANGE, Variant.TUTORIAL);
    Price price = of(Operation.CHANGE, variant);
    return "a change's extra cost over the tutorial's (%s): %+.2f ms at p50; Momento %s; DynamoDB %s%n"
        .formatted(
            variant.title(),
            price.millis(50) - tutorial.millis(50),
            price.cacheCalls().since(tutorial.cacheCalls()).text(price.times()),
            price.storeCalls().since(tutorial.storeCalls()).text(price.times()));
  }

  private Price of(Operation operation, Variant variant) {
    return prices.stream()
        .filter(price -> price.operation() == operation && price.variant() == variant)
        .findFirst()
        .orElseThrow();
  }
}
