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
 * @param attempts how often at most, 1 or more
 * @param firstPause before the second attempt
 */
record RepeatedCall(int attempts, Duration firstPause) {

  private static final Set<Status.Code> PASSING =
      EnumSet.of(
          Status.Code.UNAVAILABLE, Status.Code.RESOURCE_EXHAUSTED, Status.Code.DEADLINE_EXCEEDED);

  /** Returns the answer, or throws the last attempt's failure. */
  <T> T run(Supplier<T> call) throws InterruptedException {
    Duration pause = firstPause;
    for (int attempt = 1; attempt < attempts; attempt++) {
      try {
        return call.get();
      } catch (CompletionException e) {
        if (!(e.getCause() instanceof AccountsException failure)
            || !PASSING.contains(failure.code())) {
          throw e;
        }
        Thread.sleep(pause.toMillis());
        pause = pause.multipliedBy(2);
      }
    }
    return call.get();
  }
}
