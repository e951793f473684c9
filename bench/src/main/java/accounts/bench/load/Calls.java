package accounts.bench.load;

import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** How many calls of each name there were. */
record Calls(Map<String, Long> byName) {

  static final Calls NONE = new Calls(Map.of());

  Calls {
    byName = new TreeMap<>(byName);
  }

  /** Returns what came on top of {@code before}. */
  Calls since(Calls before) {
    Map<String, Long> difference = new TreeMap<>(byName);
    before.byName.forEach((name, count) -> difference.merge(name, -count, Long::sum));
    difference.values().removeIf(count -> count == 0);
    return new Calls(difference);
  }

  /** Says whether there was one of that name for each of {@code times}, and nothing else. */
  boolean isOneEach(String name, long times) {
    return byName.equals(Map.of(name, times));
  }

  /** Says whether there were no more of each name than that for each of {@code times}. */
  boolean isAtMost(Map<String, Long> each, long times) {
    return byName.entrySet().stream()
        .allMatch(entry -> entry.getValue() <= times * each.getOrDefault(entry.getKey(), 0L));
  }

  /** Returns how many there were of all names. */
  long total() {
    return byName.values().stream().mapToLong(Long::longValue).sum();
  }

  /** Returns names and numbers for one of {@code times}, or for a second of as many. */
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
