package accounts.bench.freshness;

import accounts.bench.freshness.Mutation.Change;
import accounts.bench.history.Outcome;
import accounts.bench.history.Watch;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;

/** Sends changes, and repeats those whose outcome is unknown, as a careful client does. */
final class Writer {

  private static final int MOST_ATTEMPTS = 20;
  private static final Duration LONGEST_PAUSE = Duration.ofMillis(400);

  /** One in so many unknown outcomes is left unknown. */
  private static final int LEFT_UNKNOWN = 12;

  /** Codes by which the contract says that the change was not made. */
  private static final Set<Status.Code> REFUSALS =
      Set.of(
          Status.Code.ALREADY_EXISTS,
          Status.Code.NOT_FOUND,
          Status.Code.FAILED_PRECONDITION,
          Status.Code.ABORTED,
          Status.Code.INVALID_ARGUMENT,
          Status.Code.PERMISSION_DENIED);

  private final Instances instances;
  private final WatchedKeys watched;
  private final Ledger ledger;
  private final Duration deadline;

  /**
   * @param watched finds the keys that changes need
   */
  Writer(Instances instances, WatchedKeys watched, Ledger ledger, Duration deadline) {
    this.instances = instances;
    this.watched = watched;
    this.ledger = ledger;
    this.deadline = deadline;
  }

  /**
   * Makes a change.
   *
   * @param watches of all keys that it changes
   */
  Outcome write(Mutation mutation, List<Watch> watches) throws InterruptedException {
    return write(mutation, watches, MOST_ATTEMPTS);
  }

  /** Makes a change by a single call; an unknown outcome stays unknown. */
  Outcome writeOnce(Mutation mutation, List<Watch> watches) throws InterruptedException {
    return write(mutation, watches, 1);
  }

  private Outcome write(Mutation mutation, List<Watch> watches, int mostAttempts)
      throws InterruptedException {
    long[] invoked = new long[watches.size()];
    for (int i = 0; i < invoked.length; i++) {
      invoked[i] = watches.get(i).attempt(mutation.values().get(i));
    }
    String id = UUID.randomUUID().toString();
    Attempt attempt = new Attempt(mutation, id);
    for (int i = 0; i < mostAttempts && !attempt.ended(); i++) {
      attempt.pauseAfter(i);
      attempt.send();
    }
    attempt.report(watches, invoked);
    return attempt.outcome;
  }

  /** One change in flight. For one thread. */
  private final class Attempt {

    private final Mutation mutation;
    private final String id;
    private Outcome outcome = Outcome.UNKNOWN;
    private boolean givenUp;
    private List<Change> changes = List.of();
    private Instance instance = instances.any();

    Attempt(Mutation mutation, String id) {
      this.mutation = mutation;
      this.id = id;
    }

    boolean ended() {
      return outcome != Outcome.UNKNOWN || givenUp;
    }

    void pauseAfter(int attempts) throws InterruptedException {
      if (attempts > 0) {
        instance = instances.any();
        Thread.sleep(ThreadLocalRandom.current().nextLong(LONGEST_PAUSE.toMillis()));
      }
    }

    void send() {
      long began = System.nanoTime();
      try {
        changes = mutation.call().apply(instance.stub(deadline), id);
        outcome = Outcome.ACKNOWLEDGED;
        ledger.tally().writeTook(System.nanoTime() - began);
      } catch (StatusRuntimeException failure) {
        failed(failure.getStatus());
      }
    }

    private void failed(Status status) {
      ledger.tally().failed("write", status);
      if (REFUSALS.contains(status.getCode())) {
        outcome = Outcome.REFUSED;
      } else {
        givenUp = ThreadLocalRandom.current().nextInt(LEFT_UNKNOWN) == 0;
        instance.resetBackoff();
      }
    }

    void report(List<Watch> watches, long[] invoked) {
      for (int i = 0; i < watches.size(); i++) {
        Change change = changes.isEmpty() ? new Change(0, "") : changes.get(i);
        Watch watch = watches.get(i);
        ledger.tally().write(watch.key().kind(), outcome);
        watch.ended(
            instance.name(),
            mutation.what(),
            invoked[i],
            outcome,
            change.revision(),
            change.value());
      }
      if (outcome == Outcome.ACKNOWLEDGED) {
        mutation.needs().forEach(key -> watched.find(key).ifPresent(Watch::reliedOn));
      }
    }
  }
}
