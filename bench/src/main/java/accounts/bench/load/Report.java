package accounts.bench.load;

import java.util.ArrayList;
import java.util.List;

/** The report of a measurement: text, and checks against what is expected. */
public final class Report {

  private final StringBuilder text = new StringBuilder();
  private final List<String> failures = new ArrayList<>();

  /** Creates an empty report. */
  public Report() {}

  /** Adds text unchanged. */
  public void add(String more) {
    text.append(more);
  }

  /** Adds a line. */
  public void line(String line) {
    text.append(line).append(System.lineSeparator());
  }

  /** Adds the result of a check. */
  public void check(boolean held, String what) {
    line((held ? "ok    " : "FAIL  ") + what);
    if (!held) {
      failures.add(what);
    }
  }

  /** Adds all of another report. */
  void add(Report other) {
    text.append(other.text);
    failures.addAll(other.failures);
  }

  /** Returns the text, with the verdict at the end. */
  public String text() {
    String verdict = failures.isEmpty() ? "PASS" : "FAIL: %d checks".formatted(failures.size());
    return text + verdict;
  }

  /** Returns whether all checks passed. */
  public boolean passed() {
    return failures.isEmpty();
  }
}
