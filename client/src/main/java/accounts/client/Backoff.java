package accounts.client;

import io.grpc.Status;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;

/**
 * The pauses before something is tried again: from 0.1 s to 10 s, each up to twice as long as the
 * last. One attempt at a time; may be used from any thread.
 */
final class Backoff {

  private static final Duration FIRST = Duration.ofMillis(100);
  private static final Duration LONGEST = Duration.ofSeconds(10);

  /** To repeat the same request would have the same answer. */
  private static final Set<Status.Code> REFUSALS =
      EnumSet.of(
          Status.Code.INVALID_ARGUMENT,
          Status.Code.OUT_OF_RANGE,
          Status.Code.NOT_FOUND,
          Status.Code.PERMISSION_DENIED,
          Status.Code.UNAUTHENTICATED,
          Status.Code.FAILED_PRECONDITION,
          Status.Code.UNIMPLEMENTED);

  private volatile Duration pause = FIRST;

  /** Returns whether a failure with this code is final. */
  static boolean isRefusal(Status.Code code) {
    return REFUSALS.contains(code);
  }

  /** Begins again with short pauses, after a success. */
  void reset() {
    pause = FIRST;
  }

  /** Runs a task, which must not block, after the next pause. */
  void later(Runnable task) {
    long most = pause.toMillis();
    Duration doubled = pause.multipliedBy(2);
    pause = doubled.compareTo(LONGEST) < 0 ? doubled : LONGEST;
    long millis = ThreadLocalRandom.current().nextLong(most / 2, most + 1);
    var unused =
        CompletableFuture.runAsync(
            task, CompletableFuture.delayedExecutor(millis, TimeUnit.MILLISECONDS));
  }
}
