package accounts.bench.load;

import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** The number of calls by name. */
record Calls(Map<String, Long> byName) {

  static final Calls NONE = new Calls(Map.of());

  Calls {
    byName = new TreeMap<>(byName);
  }

  /** Returns the calls that were added since {@code before}. */
  Calls since(Calls before) {
    Map<String, Long> difference = new TreeMap<>(byName);
    before.byName.forEach((name, count) -> difference.merge(name, -count, Long::sum));
    difference.values().removeIf(count -> count == 0);
    return new Calls(difference);
  }

  /** Returns whether there was one call of this name for each of {@code times}, and no other. */
  boolean isOneEach(String name, long times) {
    return byName.equals(Map.of(name, times));
  }

  /** Returns whether there were at most so many calls of each name for each of {@code times}. */
  boolean isAtMost(Map<String, Long> each, long times) {
    return byName.entrySet().stream()
        .allMatch(entry -> entry.getValue() <= times * each.getOrDefault(entry.getKey(), 0L));
  }

  /** Returns the number of calls of all names. */
  long total() {
    return byName.values().stream().mapToLong(Long::longValue).sum();
  }

  /** Returns names and numbers, divided by {@code times}. */
  String text(long times) {
    return byName.isEmpty()
        ? "-"
        : byName.entrySet().stream()
            .map(entry -> entry.getKey() + " " + each(entry.getValue(), times))
            .collect(Collectors.joining(", "));
  }

  private static String each(long count, long times) {
    return count % times == 0
        ? String.valueOf(count / times)
        : "%.3f".formatted(count / (double) times);
  }
}
