package accounts.bench.load;

import accounts.bench.load.Sample.Ending;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/** The calls of one kind that have ended so far. Safe for any thread. */
final class SampleLog {

  private final Queue<Sample> samples = new ConcurrentLinkedQueue<>();

  /**
   * Records that a call has ended now.
   *
   * @param code the status code of a failure, else empty
   */
  void ended(long sent, Ending ending, String code) {
    samples.add(new Sample(sent, System.nanoTime() - sent, ending, code));
  }

  /** Records a call that could not be sent. */
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
