package accounts.bench.history;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/** The content of each of the last few thousand revisions, as first seen. */
final class RevisionValues {

  private static final int KEPT = 4096;

  private final Map<Long, String> values =
      new LinkedHashMap<>() {
        @Override
        protected boolean removeEldestEntry(Map.Entry<Long, String> eldest) {
          return size() > KEPT;
        }
      };

  RevisionValues() {
    values.put(0L, Answer.ABSENT);
  }

  /** Records the content of a revision; returns the content recorded before if it differs. */
  Optional<String> contradicted(long revision, String value) {
    String before = values.putIfAbsent(revision, value);
    return Optional.ofNullable(before).filter(known -> !known.equals(value));
  }

  /** Returns the content of a revision; {@code ?} if it is not known, or no longer. */
  String of(long revision) {
    return values.getOrDefault(revision, "?");
  }

  /**
   * Returns whether the content of {@code least} or of a later revision matches. Returns true, too,
   * if the content of {@code least} is not known.
   */
  boolean any(long least, Predicate<String> value) {
    return !values.containsKey(least)
        || values.entrySet().stream()
            .anyMatch(entry -> entry.getKey() >= least && value.test(entry.getValue()));
  }
}
