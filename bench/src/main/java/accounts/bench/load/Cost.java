package accounts.bench.load;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;

/**
 * What freshness costs, next to the tutorials' protocol. The variants take turns in one run, so
 * that whatever else the machine does hits all alike.
 */
public final class Cost implements AutoCloseable {

  private static final Duration REST = Duration.ofSeconds(5);

  private final List<Subject> subjects = new ArrayList<>();

  private Cost() {}

  /**
   * What was found out.
   *
   * @param text for people
   * @param wrong what took more than it may; empty if all is well
   */
  public record Finding(String text, List<String> wrong) {}

  /** Starts one instance of each variant. */
  public static Cost start(Path logs) throws InterruptedException {
    Cost cost = new Cost();
    try {
      for (Variant variant : Variant.values()) {
        cost.subjects.add(Subject.start(variant, logs));
      }
      return cost;
    } catch (RuntimeException | InterruptedException e) {
      cost.close();
      throw e;
    }
  }

  /**
   * Measures all operations.
   *
   * @param cacheDelay what each call to the cache takes longer than the local cache does
   * @param hits of each variant in each round; fewer of what takes longer
   */
  public Finding measure(Duration cacheDelay, int rounds, int hits) throws InterruptedException {
    subjects.forEach(subject -> subject.delayCache(cacheDelay));
    List<Price> prices = new ArrayList<>();
    for (Operation operation : Operation.values()) {
      prices.addAll(prices(operation, rounds, operation.times(hits)));
    }
    return new Finding(
        new PriceList(prices).text(),
        prices.stream().filter(Price::isWrong).map(Cost::complaint).toList());
  }

  private static String complaint(Price price) {
    return "%s, %s: %,d times: calls %s, items %s (expected for each, at most: %s%s)"
        .formatted(
            price.operation().title(),
            price.variant().title(),
            price.times(),
            price.cacheCalls().byName(),
            price.cacheItems().byName(),
            new TreeMap<>(price.allowed()),
            price.operation() == Operation.HIT ? ", and no less" : "");
  }

  private List<Price> prices(Operation operation, int rounds, int times)
      throws InterruptedException {
    prepare(operation, times);
    tabs(operation).forEach(tab -> tab.run(2 * times));
    settle();
    prepare(operation, times);
    List<Tab> tabs = tabs(operation);
    for (int i = 0; i < operation.rounds(rounds); i++) {
      tabs.forEach(tab -> tab.run(times));
    }
    settle();
    return tabs.stream().map(Tab::price).toList();
  }

  private void prepare(Operation operation, int times) throws InterruptedException {
    for (Subject subject : subjects) {
      subject.prepare(operation, times);
    }
  }

  private List<Tab> tabs(Operation operation) {
    return subjects.stream().map(subject -> new Tab(operation, subject)).toList();
  }

  private void settle() throws InterruptedException {
    // The one with the repair: until it is quiet, the others have been for long.
    subjects.getLast().settle();
  }

  /** Returns what the instances ask of DynamoDB in each second while nobody calls them. */
  public String atRest() throws InterruptedException {
    List<Calls> before = subjects.stream().map(Subject::storeCalls).toList();
    Thread.sleep(REST);
    StringBuilder text = new StringBuilder("DynamoDB calls in each second at rest");
    for (int i = 0; i < subjects.size(); i++) {
      Calls since = subjects.get(i).storeCalls().since(before.get(i));
      text.append("; ").append(subjects.get(i).variant().title());
      text.append(": ").append(since.text(REST.toSeconds()));
    }
    return text.toString();
  }

  @Override
  public void close() {
    subjects.forEach(Subject::close);
  }
}
