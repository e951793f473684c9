package accounts.bench.history;

import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import java.util.function.Predicate;

/**
 * Takes the times of one key's operations and tells them to its history as they end, one at a time:
 * an end is timed no earlier than it was heard of, so that nothing is demanded too early. Safe for
 * any thread.
 */
public final class Watch {

  private final KeyHistory history;
  private final LongSupplier clock;
  private final Consumer<Violation> court;
  private boolean seenAbsent;
  private long attempts;
  private long lastAttempt;

  /**
   * @param clock nanoseconds, monotonic over all threads
   * @param court hears of violations, one at a time for each key
   */
  public Watch(KeyHistory history, LongSupplier clock, Consumer<Violation> court) {
    this.history = history;
    this.clock = clock;
    this.court = court;
  }

  /** Returns what is watched. */
  public Key key() {
    return history.key();
  }

  /** Returns the time now; to be called before a read is sent. */
  public long now() {
    return clock.getAsLong();
  }

  /** Returns the highest revision that a read or an acknowledgement has shown so far. */
  public synchronized long highest() {
    return history.highest();
  }

  /**
   * Returns the time now, and never the same twice; to be called before a write is sent for the
   * first time.
   *
   * @param value what the thing would contain then
   */
  public synchronized long attempt(String value) {
    long now = clock.getAsLong();
    lastAttempt = attempts == 0 || now - lastAttempt > 0 ? now : lastAttempt + 1;
    attempts++;
    history.attempted(lastAttempt, value);
    return lastAttempt;
  }

  /** Tells that something was acknowledged just now that takes this thing to exist. */
  public synchronized void reliedOn() {
    history.reliedOn(clock.getAsLong(), 1);
  }

  /**
   * Tells a list that does not show the thing; the end's time is taken here.
   *
   * @param shown whether the list shows a thing that contains this
   */
  public synchronized void notListed(String instance, long invoked, Predicate<String> shown) {
    Answer answer = new Answer(0, "not listed", Source.STORE, Optional.empty());
    long now = clock.getAsLong();
    Read read = new Read(instance, Consistency.STORE, 0, invoked, now, answer);
    report(history.notListed(read, shown));
  }

  /** Tells the end of a write; the end's time is taken here. Returns it. */
  public synchronized long ended(
      String instance, String what, long invoked, Outcome outcome, long revision, String value) {
    long now = clock.getAsLong();
    report(history.ended(new Write(instance, what, invoked, now, outcome, revision, value)));
    return now;
  }

  /** Tells a read's answer; the end's time is taken here. Returns it. */
  public synchronized long answered(
      String instance, Consistency consistency, long minRevision, long invoked, Answer answer) {
    long now = clock.getAsLong();
    seenAbsent = seenAbsent || answer.value().equals(Answer.ABSENT);
    report(history.answered(new Read(instance, consistency, minRevision, invoked, now, answer)));
    return now;
  }

  /** Returns whether a reader was told that there is no such thing. */
  public synchronized boolean seenAbsent() {
    return seenAbsent;
  }

  private void report(List<Violation> violations) {
    violations.forEach(court);
  }

  /** Returns how often an answer went back behind a write seen but not acknowledged. */
  public synchronized long flipBacks() {
    return history.flipBacks();
  }
}
