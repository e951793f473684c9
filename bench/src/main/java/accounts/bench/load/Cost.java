package accounts.bench.load;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;

/**
 * A measurement of what freshness costs, compared with the tutorials' protocol. The variants take
 * turns in one run, so that other load on the machine affects all alike.
 */
public final class Cost implements AutoCloseable {

  private static final Duration REST = Duration.ofSeconds(5);

  private final List<MeasuredVariant> subjects = new ArrayList<>();

  private Cost() {}

  /**
   * The result of a measurement.
   *
   * @param text the table of costs
   * @param wrong one line for each cost above its limit
   */
  public record Finding(String text, List<String> wrong) {}

  /** Starts one instance of each variant. */
  public static Cost start(Path logs) throws InterruptedException {
    Cost cost = new Cost();
    try {
      for (Variant variant : Variant.values()) {
        cost.subjects.add(MeasuredVariant.start(variant, logs));
      }
      return cost;
    } catch (RuntimeException | InterruptedException e) {
      cost.close();
      throw e;
    }
  }

  /**
   * Measures all operations and returns their costs.
   *
   * @param cacheDelay a delay added to each call to the cache
   * @param hits how many hits of each variant in each round; slower operations are fewer
   */
  public Finding measure(Duration cacheDelay, int rounds, int hits) throws InterruptedException {
    subjects.forEach(subject -> subject.delayCache(cacheDelay));
    List<OperationCost> costs = new ArrayList<>();
    for (Operation operation : Operation.values()) {
      costs.addAll(costs(operation, rounds, operation.times(hits)));
    }
    return new Finding(
        new CostTable(costs).text(),
        costs.stream().filter(OperationCost::isWrong).map(Cost::complaint).toList());
  }

  private static String complaint(OperationCost operationCost) {
    return "%s, %s: %,d times: calls %s, items %s (expected for each at most: %s%s)"
        .formatted(
            operationCost.operation().title(),
            operationCost.variant().title(),
            operationCost.times(),
            operationCost.cacheCalls().byName(),
            operationCost.cacheItems().byName(),
            new TreeMap<>(operationCost.allowed()),
            operationCost.operation() == Operation.HIT ? ", and no less" : "");
  }

  private List<OperationCost> costs(Operation operation, int rounds, int times)
      throws InterruptedException {
    prepare(operation, times);
    measurements(operation).forEach(measurement -> measurement.run(2 * times));
    settle();
    prepare(operation, times);
    List<CostMeasurement> measurements = measurements(operation);
    for (int i = 0; i < operation.rounds(rounds); i++) {
      measurements.forEach(measurement -> measurement.run(times));
    }
    settle();
    return measurements.stream().map(CostMeasurement::cost).toList();
  }

  private void prepare(Operation operation, int times) throws InterruptedException {
    for (MeasuredVariant subject : subjects) {
      subject.prepare(operation, times);
    }
  }

  private List<CostMeasurement> measurements(Operation operation) {
    return subjects.stream().map(subject -> new CostMeasurement(operation, subject)).toList();
  }

  private void settle() throws InterruptedException {
    // The variant with the repair is the last to become quiet.
    subjects.getLast().settle();
  }

  /** Returns the requests to DynamoDB in each second while nobody calls the instances, as text. */
  public String atRest() throws InterruptedException {
    List<Calls> before = subjects.stream().map(MeasuredVariant::storeCalls).toList();
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
    subjects.forEach(MeasuredVariant::close);
  }
}
