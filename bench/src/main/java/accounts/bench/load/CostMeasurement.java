package accounts.bench.load;

import org.HdrHistogram.Histogram;

/** Measures what one operation costs one variant, from its creation on. For one thread. */
final class CostMeasurement {

  private static final int DIGITS = 3;

  private final Operation operation;
  private final MeasuredVariant subject;
  private final Calls cacheCalls;
  private final Calls cacheItems;
  private final Calls storeCalls;
  private final Histogram nanos = new Histogram(DIGITS);

  CostMeasurement(Operation operation, MeasuredVariant subject) {
    this.operation = operation;
    this.subject = subject;
    this.cacheCalls = subject.cacheCalls();
    this.cacheItems = subject.cacheItems();
    this.storeCalls = subject.storeCalls(operation);
  }

  void run(int times) {
    for (int i = 0; i < times; i++) {
      nanos.recordValue(subject.run(operation));
    }
  }

  /** Returns the cost so far. */
  OperationCost cost() {
    return new OperationCost(
        operation,
        subject.variant(),
        nanos,
        subject.cacheCalls().since(cacheCalls),
        subject.cacheItems().since(cacheItems),
        subject.storeCalls(operation).since(storeCalls));
  }
}
