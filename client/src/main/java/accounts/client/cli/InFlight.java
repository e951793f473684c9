package accounts.client.cli;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/**
 * The entities of the changes in flight, as many as there are changes at once. A change must wait
 * for those before it that make what it reads or makes, and that read what it makes; then the
 * outcome of every change is the same as if they were made one after the other. For one thread.
 */
final class InFlight {

  private final Map<String, Integer> readers = new HashMap<>();
  private final Map<String, Integer> writers = new HashMap<>();

  boolean mustWait(TouchedEntities next) {
    return anyIn(writers, next.reads())
        || anyIn(writers, next.changes())
        || anyIn(readers, next.changes());
  }

  void add(TouchedEntities change) {
    change.reads().forEach(entity -> readers.merge(entity, 1, Integer::sum));
    change.changes().forEach(entity -> writers.merge(entity, 1, Integer::sum));
  }

  void remove(TouchedEntities change) {
    change.reads().forEach(entity -> decrement(readers, entity));
    change.changes().forEach(entity -> decrement(writers, entity));
  }

  private static boolean anyIn(Map<String, Integer> counts, Set<String> entities) {
    return entities.stream().anyMatch(counts::containsKey);
  }

  private static void decrement(Map<String, Integer> counts, String entity) {
    counts.computeIfPresent(entity, (name, count) -> count == 1 ? null : count - 1);
  }
}
