package accounts.bench.harness;

import accounts.bench.freshness.Bystander;
import accounts.bench.history.Answer;
import accounts.bench.history.Key;
import accounts.bench.history.Source;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Out-of-band changes of the table, and how long until FRESH reads through every instance show
 * them. For one thread.
 */
final class OutsideChanges {

  /** When the repair from the stream must have told the cache. */
  private static final Duration LIMIT = Duration.ofSeconds(5);

  private static final Duration PATIENCE = Duration.ofSeconds(15);
  private static final Duration AFTERWARDS = Duration.ofSeconds(1);
  private static final Duration PAUSE = Duration.ofMillis(5);

  private final List<String> complaints = new ArrayList<>();
  private long changes;
  private Duration longest = Duration.ZERO;

  /**
   * One change.
   *
   * @param expected the answers' value when it is seen
   */
  private record Change(Key key, String expected, Runnable action) {

    boolean isIn(Answer answer) {
      return answer.value().equals(expected);
    }
  }

  /** Makes a change of each sort, one after the other. */
  long play(Stage stage) throws InterruptedException {
    Bystander bystander = stage.extras().bystander();
    try (OutsideTable table = OutsideTable.open(stage.cluster())) {
      List<Change> round = round(bystander, table);
      for (Change change : round) {
        awaitCached(bystander, change);
        change.action().run();
        awaitSeen(bystander, change);
      }
      watch(bystander, round);
      changes += round.size();
      return round.size();
    }
  }

  private static List<Change> round(Bystander bystander, OutsideTable table)
      throws InterruptedException {
    Key renamed = bystander.user();
    Key promoted = bystander.membership();
    Key deleted = bystander.user();
    return List.of(
        new Change(renamed, "User Outside", () -> table.rename(renamed, "Outside")),
        new Change(promoted, "ROLE_ADMIN", () -> table.changeRole(promoted, "ADMIN")),
        new Change(deleted, Answer.ABSENT, () -> table.delete(deleted)));
  }

  /** Returns when the cache answers every instance, so that it has something to be wrong about. */
  private void awaitCached(Bystander bystander, Change change) throws InterruptedException {
    long began = System.nanoTime();
    while (!bystander.ask(change.key()).stream().allMatch(OutsideChanges::isCached)) {
      if (since(began).compareTo(PATIENCE) > 0) {
        complaints.add(change.key() + " does not come to be cached");
        return;
      }
      Thread.sleep(PAUSE);
    }
  }

  private static boolean isCached(Answer answer) {
    return answer.source() == Source.CACHE && !answer.value().equals(Answer.ABSENT);
  }

  private void awaitSeen(Bystander bystander, Change change) throws InterruptedException {
    long began = System.nanoTime();
    Set<Integer> seeing = new HashSet<>();
    while (true) {
      List<Answer> answers = bystander.ask(change.key());
      Duration passed = since(began);
      for (int i = 0; i < answers.size(); i++) {
        if (change.isIn(answers.get(i))) {
          seeing.add(i);
        }
      }
      if (seeing.size() == answers.size() || passed.compareTo(PATIENCE) > 0) {
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

  /** Once every instance has told a change, none goes back behind it. */
  private void watch(Bystander bystander, List<Change> round) throws InterruptedException {
    long began = System.nanoTime();
    while (since(began).compareTo(AFTERWARDS) < 0) {
      for (Change change : round) {
        if (!bystander.ask(change.key()).stream().allMatch(change::isIn)) {
          complaints.add(change.key() + " changed out of band: flipped back");
        }
      }
    }
  }

  private static Duration since(long began) {
    return Duration.ofNanos(System.nanoTime() - began);
  }

  /** Returns what was not as promised. */
  List<String> complaints() {
    return List.copyOf(complaints);
  }

  /** Returns what was found out, for people. */
  String text() {
    return ("out-of-band changes: %d, shown by FRESH reads through every instance within at most"
            + " %d ms%n")
        .formatted(changes, longest.toMillis());
  }
}
