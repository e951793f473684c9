package accounts.bench.harness;

import accounts.bench.freshness.EntityProbe;
import accounts.bench.history.Answer;
import accounts.bench.history.Key;
import accounts.bench.history.Source;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Makes out-of-band changes of the table, and measures how long until FRESH reads through every
 * instance show them. For one thread.
 */
final class OutOfBandChanges {

  /** By when the repair must have processed a change. */
  private static final Duration LIMIT = Duration.ofSeconds(5);

  private static final Duration TIMEOUT = Duration.ofSeconds(15);
  private static final Duration AFTERWARDS = Duration.ofSeconds(1);
  private static final Duration PAUSE = Duration.ofMillis(5);

  private final List<String> complaints = new ArrayList<>();
  private long changes;
  private Duration longest = Duration.ZERO;

  /**
   * One change.
   *
   * @param expected the value of answers that show the change
   */
  private record Change(Key key, String expected, Runnable action) {

    boolean isIn(Answer answer) {
      return answer.value().equals(expected);
    }
  }

  /** Makes a change of each kind, one after the other. */
  long play(FaultContext context) throws InterruptedException {
    EntityProbe probe = context.extras().probe();
    try (DirectTable table = DirectTable.open(context.cluster())) {
      List<Change> round = round(probe, table);
      for (Change change : round) {
        awaitCached(probe, change);
        change.action().run();
        awaitSeen(probe, change);
      }
      watch(probe, round);
      changes += round.size();
      return round.size();
    }
  }

  private static List<Change> round(EntityProbe probe, DirectTable table)
      throws InterruptedException {
    Key renamed = probe.user();
    Key promoted = probe.membership();
    Key deleted = probe.user();
    return List.of(
        new Change(renamed, "User Outside", () -> table.rename(renamed, "Outside")),
        new Change(promoted, "ROLE_ADMIN", () -> table.changeRole(promoted, "ADMIN")),
        new Change(deleted, Answer.ABSENT, () -> table.delete(deleted)));
  }

  /** Returns when every instance answers from the cache, so that a stale answer is possible. */
  private void awaitCached(EntityProbe probe, Change change) throws InterruptedException {
    long began = System.nanoTime();
    while (!probe.ask(change.key()).stream().allMatch(OutOfBandChanges::isCached)) {
      if (since(began).compareTo(TIMEOUT) > 0) {
        complaints.add(change.key() + " is not cached within " + TIMEOUT.toSeconds() + " s");
        return;
      }
      Thread.sleep(PAUSE);
    }
  }

  private static boolean isCached(Answer answer) {
    return answer.source() == Source.CACHE && !answer.value().equals(Answer.ABSENT);
  }

  private void awaitSeen(EntityProbe probe, Change change) throws InterruptedException {
    long began = System.nanoTime();
    Set<Integer> seeing = new HashSet<>();
    while (true) {
      List<Answer> answers = probe.ask(change.key());
      Duration passed = since(began);
      for (int i = 0; i < answers.size(); i++) {
        if (change.isIn(answers.get(i))) {
          seeing.add(i);
        }
      }
      if (seeing.size() == answers.size() || passed.compareTo(TIMEOUT) > 0) {
        took(change, passed);
        return;
      }
      Thread.sleep(PAUSE);
    }
  }

  private void took(Change change, Duration time) {
    longest = time.compareTo(longest) > 0 ? time : longest;
    if (time.compareTo(LIMIT) > 0) {
      complaints.add(
          "%s changed out of band: not shown for %d ms (expected: at most %d)"
              .formatted(change.key(), time.toMillis(), LIMIT.toMillis()));
    }
  }

  /** Once every instance has shown a change, none may go back behind it. */
  private void watch(EntityProbe probe, List<Change> round) throws InterruptedException {
    long began = System.nanoTime();
    while (since(began).compareTo(AFTERWARDS) < 0) {
      for (Change change : round) {
        if (!probe.ask(change.key()).stream().allMatch(change::isIn)) {
          complaints.add(change.key() + " changed out of band: flipped back");
        }
      }
    }
  }

  private static Duration since(long began) {
    return Duration.ofNanos(System.nanoTime() - began);
  }

  /** Returns the broken promises. */
  List<String> complaints() {
    return List.copyOf(complaints);
  }

  /** Returns the result as text. */
  String text() {
    return ("out-of-band changes: %d, shown by FRESH reads through every instance within at most"
            + " %d ms%n")
        .formatted(changes, longest.toMillis());
  }
}
