package accounts.bench.load;

import java.util.ArrayList;
import java.util.List;

/** What a measurement found: text for people, and what it holds against what was promised. */
public final class Report {

  private final StringBuilder text = new StringBuilder();
  private final List<String> failures = new ArrayList<>();

  Report() {}

  /** Adds text as it is. */
  void add(String more) {
    text.append(more);
  }

  /** Adds a line. */
  void line(String line) {
    text.append(line).append(System.lineSeparator());
  }

  /** Adds a line that says what was expected, and whether it was so. */
  void check(boolean held, String what) {
    line((held ? "ok    " : "FAIL  ") + what);
    if (!held) {
      failures.add(what);
    }
  }

  /** Adds all of another's. */
  void add(Report other) {
    text.append(other.text);
    failures.addAll(other.failures);
  }

  /** Returns all of it, with the verdict at the end. */
  public String text() {
    String verdict =
        failures.isEmpty() ? "PASS" : "FAIL: %d of what was expected".formatted(failures.size());
    return text + verdict;
  }

  /** Returns whether all of it was as expected. */
  public boolean passed() {
    return failures.isEmpty();
  }
}
