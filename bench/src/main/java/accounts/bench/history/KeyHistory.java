package accounts.bench.history;

import accounts.bench.history.Violation.Rule;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * Checks the history of one key as its operations are reported, in the order in which they end.
 * Keeps only as much of the past as calls in flight may still be judged by. Not thread-safe.
 */
public final class KeyHistory {

  private final Key key;
  private final Rules rules;
  private final Timeline acknowledged;
  private final Timeline seen;
  private final Timeline reliedOn;
  private final OpenWrites open;
  private final RevisionValues values = new RevisionValues();
  private final RecentOperations recent = new RecentOperations();
  private long attempts;
  private long highest;
  private long flipBacks;

  /** Creates the history of a key that nobody has written yet. */
  public KeyHistory(Key key, Rules rules) {
    this.key = key;
    this.rules = rules;
    this.acknowledged = new Timeline(rules.horizon());
    this.seen = new Timeline(rules.horizon());
    this.reliedOn = new Timeline(rules.horizon());
    this.open = new OpenWrites(rules.longestCall().toNanos());
  }

  /**
   * Records that a write is about to be sent; its retries are the same write.
   *
   * @param invoked identifies the write: no other write has the same
   * @param value the content that the write would leave
   */
  public void attempted(long invoked, String value) {
    attempts++;
    open.add(invoked, value);
  }

  /**
   * Records that a write of another key was acknowledged that needs this entity to exist, at this
   * revision or a later one.
   */
  public void reliedOn(long time, long revision) {
    reliedOn.add(time, revision);
    highest = Math.max(highest, revision);
  }

  /** Records the end of a write; returns the violations that it shows. */
  public List<Violation> ended(Write write) {
    recent.add(write);
    open.ended(write);
    highest = Math.max(highest, write.revision());
    List<Violation> violations = new ArrayList<>();
    switch (write.outcome()) {
      case ACKNOWLEDGED -> {
        acknowledged.add(write.ended(), write.revision());
        content(write, write.revision(), write.value(), violations);
      }
      case OUT_OF_BAND -> {
        seen.add(write.ended(), write.revision());
        content(write, write.revision(), write.value(), violations);
      }
      case REFUSED, UNKNOWN -> {}
    }
    return violations;
  }

  /** Records a read's answer; returns the violations that it shows. */
  public List<Violation> answered(Read read) {
    recent.add(read);
    List<Violation> violations = new ArrayList<>();
    freshness(read, violations);
    minimum(read, violations);
    existence(read, violations);
    content(read, read.answer().revision(), read.answer().value(), violations);
    source(read, violations);
    age(read, violations);
    highest = Math.max(highest, read.answer().revision());
    if (read.consistency() != Consistency.BOUNDED) {
      seen.add(read.ended(), read.answer().revision());
    }
    return violations;
  }

  /**
   * Records a list that does not show the key; returns the violations that this shows. A list does
   * not give the revision of an absence, so any revision that the read may return explains it.
   *
   * @param shown whether the list shows an entity with this content
   */
  public List<Violation> notListed(Read read, Predicate<String> shown) {
    recent.add(read);
    List<Violation> violations = new ArrayList<>();
    long owed = acknowledged.before(read.invoked());
    long least = Math.max(owed, seen.before(read.invoked()));
    Predicate<String> hidden = shown.negate();
    boolean explained = values.any(least, hidden) || open.any(read.invoked(), hidden);
    if (!explained) {
      add(
          violations,
          least == owed ? Rule.STALE : Rule.FLIPPED_BACK,
          read,
          "a list without it, revision %d \"%s\" %s before"
              .formatted(
                  least, values.of(least), least == owed ? "was acknowledged" : "had settled"));
    }
    return violations;
  }

  private void freshness(Read read, List<Violation> violations) {
    long revision = read.answer().revision();
    long since = read.invoked() - rules.slack(read.consistency());
    long owed = acknowledged.before(since);
    long settled = seen.before(since - rules.window(read.consistency()));
    if (revision < owed) {
      add(
          violations,
          Rule.STALE,
          read,
          "%s, revision %d was acknowledged before".formatted(got(read), owed));
    } else if (revision < reliedOn.before(since)) {
      add(
          violations,
          Rule.RELIED_ON,
          read,
          "%s, and a write that needs it was acknowledged before".formatted(got(read)));
    } else if (revision < settled) {
      add(
          violations,
          Rule.FLIPPED_BACK,
          read,
          "%s, revision %d had settled".formatted(got(read), settled));
    } else if (revision < seen.before(since)) {
      flipBacks++;
    }
  }

  private void minimum(Read read, List<Violation> violations) {
    if (read.answer().revision() < read.minRevision()) {
      add(
          violations,
          Rule.BELOW_MINIMUM,
          read,
          "%s, at least %d was asked for".formatted(got(read), read.minRevision()));
    }
  }

  private void existence(Read read, List<Violation> violations) {
    if (read.answer().revision() > attempts) {
      add(violations, Rule.FROM_NOWHERE, read, "%s after %d writes".formatted(got(read), attempts));
    }
  }

  private void content(
      Operation operation, long revision, String value, List<Violation> violations) {
    Optional<String> before = values.contradicted(revision, value);
    before.ifPresent(first ->
        add(
            violations,
            Rule.CONTRADICTION,
            operation,
            "revision %d is \"%s\", and was \"%s\" before".formatted(revision, value, first)));
  }

  private void source(Read read, List<Violation> violations) {
    Source source = read.answer().source();
    boolean possible =
        switch (read.consistency()) {
          case STORE -> source == Source.STORE || source == Source.UNSTATED;
          case FRESH -> source != Source.NEAR_CACHE;
          case BOUNDED -> true;
        };
    if (!possible) {
      add(
          violations,
          Rule.SOURCE,
          read,
          "a %s read answered from %s".formatted(read.consistency(), source));
    }
  }

  /**
   * An age is a promise, too: the answer must show all that was acknowledged before that moment.
   */
  private void age(Read read, List<Violation> violations) {
    read.answer()
        .age()
        .ifPresent(age -> {
          long tolerance = Rules.TOLERANCE.toNanos();
          long limit = rules.slack(read.consistency()) + read.ended() - read.invoked() + tolerance;
          long owed = acknowledged.before(read.invoked() - age.toNanos() - tolerance);
          if (age.isNegative() || age.toNanos() > limit) {
            add(
                violations,
                Rule.AGE,
                read,
                "an age of %s where %d ms is the most".formatted(age, limit / 1_000_000));
          } else if (violations.isEmpty() && read.answer().revision() < owed) {
            add(
                violations,
                Rule.AGE,
                read,
                "%s, an age of %s, and revision %d acknowledged before that"
                    .formatted(got(read), age, owed));
          }
        });
  }

  private static String got(Read read) {
    return "a " + read.consistency() + " read returned revision " + read.answer().revision();
  }

  private void add(List<Violation> violations, Rule rule, Operation culprit, String what) {
    violations.add(new Violation(key, rule, what, culprit, recent.operations()));
  }

  /** Returns the key of this history. */
  public Key key() {
    return key;
  }

  /** Returns the highest revision that a read or an acknowledgement has shown so far. */
  public long highest() {
    return highest;
  }

  /** Returns how often an answer went back behind a write that was seen but not acknowledged. */
  public long flipBacks() {
    return flipBacks;
  }
}
