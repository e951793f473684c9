package accounts.bench.history;

import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import java.util.function.Predicate;

/**
 * Records the operations of one key, with their times, in its history, one at a time. The end of an
 * operation is timed after its answer has arrived, so that nothing is demanded too early. Safe for
 * any thread.
 */
public final class Watch {

  private final KeyHistory history;
  private final LongSupplier clock;
  private final Consumer<Violation> onViolation;
  private boolean seenAbsent;
  private long attempts;
  private long lastAttempt;

  /**
   * @param clock nanoseconds, monotonic over all threads
   * @param onViolation is called with each violation, one at a time for each key
   */
  public Watch(KeyHistory history, LongSupplier clock, Consumer<Violation> onViolation) {
    this.history = history;
    this.clock = clock;
    this.onViolation = onViolation;
  }

  /** Returns the key that is watched. */
  public Key key() {
    return history.key();
  }

  /** Returns the current time; to be called before a read is sent. */
  public long now() {
    return clock.getAsLong();
  }

  /** Returns the highest revision that a read or an acknowledgement has shown so far. */
  public synchronized long highest() {
    return history.highest();
  }

  /**
   * Records a write that is about to be sent for the first time; returns the current time, and
   * never the same twice.
   *
   * @param value the content that the write would leave
   */
  public synchronized long attempt(String value) {
    long now = clock.getAsLong();
    lastAttempt = attempts == 0 || now - lastAttempt > 0 ? now : lastAttempt + 1;
    attempts++;
    history.attempted(lastAttempt, value);
    return lastAttempt;
  }

  /** Records that a write was just acknowledged that needs this entity to exist. */
  public synchronized void reliedOn() {
    history.reliedOn(clock.getAsLong(), 1);
  }

  /**
   * Records a list that does not show the key, as ended now.
   *
   * @param shown whether the list shows an entity with this content
   */
  public synchronized void notListed(String instance, long invoked, Predicate<String> shown) {
    Answer answer = new Answer(0, "not listed", Source.STORE, Optional.empty());
    long now = clock.getAsLong();
    Read read = new Read(instance, Consistency.STORE, 0, invoked, now, answer);
    report(history.notListed(read, shown));
  }

  /** Records that a write has ended now; returns the time. */
  public synchronized long ended(
      String instance, String what, long invoked, Outcome outcome, long revision, String value) {
    long now = clock.getAsLong();
    report(history.ended(new Write(instance, what, invoked, now, outcome, revision, value)));
    return now;
  }

  /** Records that a read was answered now; returns the time. */
  public synchronized long answered(
      String instance, Consistency consistency, long minRevision, long invoked, Answer answer) {
    long now = clock.getAsLong();
    seenAbsent = seenAbsent || answer.value().equals(Answer.ABSENT);
    report(history.answered(new Read(instance, consistency, minRevision, invoked, now, answer)));
    return now;
  }

  /** Returns whether a read has shown that the entity does not exist. */
  public synchronized boolean seenAbsent() {
    return seenAbsent;
  }

  private void report(List<Violation> violations) {
    violations.forEach(onViolation);
  }

  /** Returns how often an answer went back behind a write that was seen but not acknowledged. */
  public synchronized long flipBacks() {
    return history.flipBacks();
  }
}
