package accounts.bench.simulation;

import java.util.Arrays;

/** Counts events by the second of virtual time. */
final class Rate {

  private final EventLoop loop;
  private long[] seconds = new long[64];
  private long total;

  Rate(EventLoop loop) {
    this.loop = loop;
  }

  void add(long events) {
    int second = (int) (loop.nanoTime() / 1_000_000_000L);
    if (second >= seconds.length) {
      seconds = Arrays.copyOf(seconds, Math.max(second + 1, 2 * seconds.length));
    }
    seconds[second] += events;
    total += events;
  }

  /** Returns all events so far. */
  long total() {
    return total;
  }

  /** Returns the events of some seconds; the first is included, the last is not. */
  long in(int from, int to) {
    long sum = 0;
    for (int second = from; second < Math.min(to, seconds.length); second++) {
      sum += seconds[second];
    }
    return sum;
  }

  /** Returns the most events in a window of these seconds, as events per second. */
  double peak(int from, int to, int window) {
    double most = 0;
    for (int second = from; second + window <= to; second++) {
      most = Math.max(most, in(second, second + window) / (double) window);
    }
    return most;
  }
}
