package accounts.client;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The last revision of each entity that a watch has shown, by which it drops repetitions. It
 * remembers the entities that changed most recently. Not thread-safe.
 */
final class Revisions {

  /** Some 10 MB. Repetitions come seconds after what they repeat, not days. */
  private static final int MOST = 100_000;

  private final Map<List<Object>, Long> seen =
      new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<List<Object>, Long> eldest) {
          return size() > MOST;
        }
      };

  /** Returns whether a change is to be shown, and remembers it. */
  boolean isNew(Change change) {
    List<Object> entity = List.of(change.kind(), change.username(), change.organizationName());
    if (change.action() == ChangeAction.ERASED) {
      seen.remove(entity);
      return true;
    }
    if (change.revision() == 0) {
      return true;
    }
    long before = seen.getOrDefault(entity, 0L);
    if (change.revision() <= before) {
      return false;
    }
    seen.put(entity, change.revision());
    return true;
  }
}
