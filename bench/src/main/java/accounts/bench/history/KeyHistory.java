package accounts.bench.history;

import accounts.bench.history.Violation.Rule;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * Checks the history of one key while it is told, in the order in which things ended. Remembers as
 * much of the past as calls under way may still be judged by. Not for several threads.
 */
public final class KeyHistory {

  private final Key key;
  private final Rules rules;
  private final Timeline acknowledged;
  private final Timeline seen;
  private final Timeline reliedOn;
  private final Attempts open;
  private final Values values = new Values();
  private final Recent recent = new Recent();
  private long attempts;
  private long highest;
  private long flipBacks;

  /** Makes one of a thing that nobody has written yet. */
  public KeyHistory(Key key, Rules rules) {
    this.key = key;
    this.rules = rules;
    this.acknowledged = new Timeline(rules.horizon());
    this.seen = new Timeline(rules.horizon());
    this.reliedOn = new Timeline(rules.horizon());
    this.open = new Attempts(rules.longestCall().toNanos());
  }

  /**
   * Notes that a write is about to be sent; repetitions of it are the same write.
   *
   * @param invoked no other write's
   * @param value what the thing would contain then
   */
  public void attempted(long invoked, String value) {
    attempts++;
    open.add(invoked, value);
  }

  /**
   * Notes that a write of something else was acknowledged that can only be made while this thing
   * exists, at this revision at least.
   */
  public void reliedOn(long time, long revision) {
    reliedOn.add(time, revision);
    highest = Math.max(highest, revision);
  }

  /** Notes the end of a write. */
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
      case OUTSIDE -> {
        seen.add(write.ended(), write.revision());
        content(write, write.revision(), write.value(), violations);
      }
      case REFUSED, UNKNOWN -> {}
    }
    return violations;
  }

  /** Notes a read's answer. */
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
   * Notes a list that does not show the key. A list does not say at which revision something is not
   * there, so any revision will do that this read may return.
   *
   * @param shown whether the list shows a thing that contains this
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
    before.ifPresent(told ->
        add(
            violations,
            Rule.CONTRADICTION,
            operation,
            "revision %d is \"%s\", and was \"%s\" before".formatted(revision, value, told)));
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

  /** An age is a promise of its own: nothing acknowledged before that moment may be missing. */
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

  /** Returns what this is the history of. */
  public Key key() {
    return key;
  }

  /** Returns the highest revision that a read or an acknowledgement has shown so far. */
  public long highest() {
    return highest;
  }

  /** Returns how often an answer went back behind a write seen but not acknowledged. */
  public long flipBacks() {
    return flipBacks;
  }
}
