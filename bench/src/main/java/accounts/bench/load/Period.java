package accounts.bench.load;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * A period of a measurement.
 *
 * @param from its first moment, by {@link System#nanoTime}
 * @param to the first moment after it
 */
record Period(String name, long from, long to) {

  /** Waits for this length; returns the period that has passed. */
  static Period pass(String name, Duration length) throws InterruptedException {
    long from = System.nanoTime();
    Thread.sleep(length);
    return new Period(name, from, System.nanoTime());
  }

  double seconds() {
    return (to - from) / 1e9;
  }

  boolean holds(Sample sample) {
    return sample.sent() - from >= 0 && sample.sent() - to < 0;
  }

  /** Returns this period in windows of this length; the last one includes the rest. */
  List<Period> windows(Duration length) {
    long step = length.toNanos();
    List<Period> windows = new ArrayList<>();
    for (long start = from; windows.isEmpty() || to - start >= step; start += step) {
      long end = to - start < 2 * step ? to : start + step;
      String at = "%s +%.0f s".formatted(name, (start - from) / 1e9);
      windows.add(new Period(at, start, end));
    }
    return windows;
  }

  /** Returns this period without its first part of this length. */
  Period after(Duration passed) {
    return new Period(name, from + passed.toNanos(), to);
  }
}
