package accounts.bench.load;

import org.HdrHistogram.Histogram;

/** Runs up what one operation costs one variant, from when it is made. For one thread. */
final class Tab {

  private static final int DIGITS = 3;

  private final Operation operation;
  private final Subject subject;
  private final Calls cacheCalls;
  private final Calls cacheItems;
  private final Calls storeCalls;
  private final Histogram nanos = new Histogram(DIGITS);

  Tab(Operation operation, Subject subject) {
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

  /** Returns what it all came to, so far. */
  Price price() {
    return new Price(
        operation,
        subject.variant(),
        nanos,
        subject.cacheCalls().since(cacheCalls),
        subject.cacheItems().since(cacheItems),
        subject.storeCalls(operation).since(storeCalls));
  }
}
