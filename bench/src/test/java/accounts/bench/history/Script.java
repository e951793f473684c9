package accounts.bench.history;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/** A history written by hand: times are milliseconds, revision {@code r} contains {@code "vr"}. */
final class Script {

  private static final Rules RULES =
      new Rules(Duration.ofSeconds(1), Duration.ofSeconds(5), Duration.ofSeconds(10));

  final KeyHistory history = new KeyHistory(Key.user("olivia"), RULES);
  final List<Violation> violations = new ArrayList<>();

  Script acknowledged(long from, long to, long revision) {
    return write(from, to, Outcome.ACKNOWLEDGED, revision, "v" + revision);
  }

  Script unknown(long from, long to) {
    return write(from, to, Outcome.UNKNOWN, 0, "?");
  }

  Script write(long from, long to, Outcome outcome, long revision, String value) {
    history.attempted(nanos(from), value);
    violations.addAll(
        history.ended(
            new Write("a", "set " + value, nanos(from), nanos(to), outcome, revision, value)));
    return this;
  }

  Script fresh(long from, long to, long revision) {
    return read(Consistency.FRESH, from, to, revision);
  }

  Script read(Consistency consistency, long from, long to, long revision) {
    return read(consistency, 0, from, to, answer(revision));
  }

  Script aged(Consistency consistency, long from, long to, long revision, long age) {
    Optional<Duration> passed = Optional.of(Duration.ofMillis(age));
    return read(
        consistency, 0, from, to, new Answer(revision, "v" + revision, Source.CACHE, passed));
  }

  Script read(Consistency consistency, long minimum, long from, long to, Answer answer) {
    violations.addAll(
        history.answered(new Read("b", consistency, minimum, nanos(from), nanos(to), answer)));
    return this;
  }

  /** Adds a write that has not ended. */
  Script sent(long from, String value) {
    history.attempted(nanos(from), value);
    return this;
  }

  Script removed(long from, long to, long revision) {
    return write(from, to, Outcome.ACKNOWLEDGED, revision, Answer.ABSENT);
  }

  Script reliedOn(long at) {
    history.reliedOn(nanos(at), 1);
    return this;
  }

  /** Adds a list that shows everything but this key. */
  Script notListed(long from, long to) {
    return notListed(from, to, value -> !value.equals(Answer.ABSENT));
  }

  /** Adds a list of all values that match the filter, without this key. */
  Script notListed(long from, long to, Predicate<String> filter) {
    Answer answer = new Answer(0, "not listed", Source.STORE, Optional.empty());
    violations.addAll(
        history.notListed(
            new Read("b", Consistency.STORE, 0, nanos(from), nanos(to), answer), filter));
    return this;
  }

  static Answer answer(long revision) {
    return revision == 0
        ? Answer.absent(0)
        : new Answer(revision, "v" + revision, Source.UNSTATED, Optional.empty());
  }

  List<Violation.Rule> broken() {
    return violations.stream().map(Violation::rule).toList();
  }

  private static long nanos(long millis) {
    return Duration.ofMillis(millis).toNanos();
  }
}
