package accounts.bench.history;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/** What each of the last few thousand revisions contains, as first told. */
final class Values {

  private static final int KEPT = 4096;

  private final Map<Long, String> values =
      new LinkedHashMap<>() {
        @Override
        protected boolean removeEldestEntry(Map.Entry<Long, String> eldest) {
          return size() > KEPT;
        }
      };

  Values() {
    values.put(0L, Answer.ABSENT);
  }

  /** Returns what was told of the revision before, if it was something else. */
  Optional<String> contradicted(long revision, String value) {
    String before = values.putIfAbsent(revision, value);
    return Optional.ofNullable(before).filter(told -> !told.equals(value));
  }

  /** Returns what a revision contains; {@code ?} if nobody has told, or too long ago. */
  String of(long revision) {
    return values.getOrDefault(revision, "?");
  }

  /**
   * Returns whether a revision from {@code least} on contains such a value, as far as known. What
   * {@code least} contains must be known; if it is not, the answer is yes.
   */
  boolean any(long least, Predicate<String> value) {
    return !values.containsKey(least)
        || values.entrySet().stream()
            .anyMatch(entry -> entry.getKey() >= least && value.test(entry.getValue()));
  }
}
