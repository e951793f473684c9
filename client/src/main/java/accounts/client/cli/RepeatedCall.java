package accounts.client.cli;

import accounts.client.AccountsException;
import io.grpc.Status;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Set;
import java.util.concurrent.CompletionException;
import java.util.function.Supplier;

/**
 * Repeats a call that is refused only for now, beyond the client's own retries: in a long sequence
 * of calls some meet an overload, or the restart of an instance. The pauses double.
 *
 * @param limit how long after its beginning the last attempt begins, at the latest
 * @param firstPause before the second attempt
 * @param longestPause between two attempts
 */
record RepeatedCall(Duration limit, Duration firstPause, Duration longestPause) {

  private static final Set<Status.Code> PASSING =
      EnumSet.of(
          Status.Code.UNAVAILABLE, Status.Code.RESOURCE_EXHAUSTED, Status.Code.DEADLINE_EXCEEDED);

  /** Returns the answer, or throws the last attempt's failure. */
  <T> T run(Supplier<T> call) throws InterruptedException {
    long begin = System.nanoTime();
    Duration pause = firstPause;
    while (true) {
      try {
        return call.get();
      } catch (CompletionException e) {
        long passed = System.nanoTime() - begin;
        if (!isPassing(e) || passed + pause.toNanos() > limit.toNanos()) {
          throw e;
        }
      }
      Thread.sleep(pause.toMillis());
      Duration doubled = pause.multipliedBy(2);
      pause = doubled.compareTo(longestPause) < 0 ? doubled : longestPause;
    }
  }

  private static boolean isPassing(CompletionException e) {
    return e.getCause() instanceof AccountsException failure && PASSING.contains(failure.code());
  }
}
