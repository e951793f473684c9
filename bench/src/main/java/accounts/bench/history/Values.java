package accounts.bench.history;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

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
}
