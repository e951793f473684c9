package accounts.bench.freshness;

import accounts.bench.history.BadHistory;
import accounts.bench.history.Key;
import accounts.bench.history.KeyHistory;
import accounts.bench.history.Rules;
import accounts.bench.history.Violation;
import accounts.bench.history.Watch;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The results of a run: counts, violations, and notes on what happened meanwhile. Safe for any
 * thread.
 */
public final class Ledger {

  private static final int KEPT_NOTES = 400;

  private final Rules rules;
  private final Tally tally = new Tally();
  private final Deque<BadHistory.Note> notes = new ArrayDeque<>();
  private final Map<Violation.Rule, Long> violations = new EnumMap<>(Violation.Rule.class);
  private final AtomicLong flipBacks = new AtomicLong();
  private final CountDownLatch violated = new CountDownLatch(1);
  private String first = "";

  /** Creates an empty ledger that judges by {@code rules}. */
  public Ledger(Rules rules) {
    this.rules = rules;
  }

  /** Begins to watch a key that nobody has written yet. */
  Watch open(Key key) {
    return new Watch(new KeyHistory(key, rules), System::nanoTime, this::found);
  }

  /** Stops watching a key. */
  void close(Watch watch) {
    flipBacks.addAndGet(watch.flipBacks());
  }

  /** Adds a note to be printed among the operations, such as a fault. */
  public synchronized void note(String text) {
    notes.addLast(new BadHistory.Note(System.nanoTime(), text));
    if (notes.size() > KEPT_NOTES) {
      notes.removeFirst();
    }
  }

  private synchronized void found(Violation violation) {
    if (violations.isEmpty()) {
      first = BadHistory.print(violation, List.copyOf(notes));
    }
    violations.merge(violation.rule(), 1L, Long::sum);
    violated.countDown();
  }

  /** Waits for the first violation; returns false if there is none in that time. */
  public boolean awaitViolation(long millis) throws InterruptedException {
    return violated.await(millis, TimeUnit.MILLISECONDS);
  }

  /** Returns how many violations there were. */
  public synchronized long violations() {
    return violations.values().stream().mapToLong(Long::longValue).sum();
  }

  /** Returns the first violation and what led to it as text; empty if there was none. */
  public synchronized Optional<String> firstBadHistory() {
    return Optional.of(first).filter(text -> !text.isEmpty());
  }

  /** Returns the counts. */
  public Tally tally() {
    return tally;
  }

  /** Returns all results as text. */
  public synchronized String text() {
    String found = violations.isEmpty() ? "0" : violations.toString();
    return "%s%,d answers checked, violations: %s, flip-backs inside the window: %,d%n%s"
        .formatted(
            tally.text(),
            tally.checked(),
            found,
            flipBacks.get(),
            first.isEmpty() ? "" : "\nfirst bad history\n" + first);
  }
}
