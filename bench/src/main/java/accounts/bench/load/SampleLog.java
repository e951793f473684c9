package accounts.bench.load;

import accounts.bench.load.Sample.Ending;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/** All calls of one kind that a load has ended so far. Safe for any thread. */
final class SampleLog {

  private final Queue<Sample> samples = new ConcurrentLinkedQueue<>();

  /**
   * Notes that a call has ended now.
   *
   * @param code of a failure, or empty
   */
  void ended(long sent, Ending ending, String code) {
    samples.add(new Sample(sent, System.nanoTime() - sent, ending, code));
  }

  /** Notes a call that could not be sent. */
  void dropped(long due) {
    samples.add(new Sample(due, 0, Ending.DROPPED, ""));
  }

  Samples all() {
    return new Samples(List.copyOf(samples));
  }

  Samples in(Period period) {
    return all().in(period);
  }
}
