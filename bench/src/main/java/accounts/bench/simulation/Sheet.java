package accounts.bench.simulation;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** What a simulation says, as Markdown, and whether it is as expected. */
final class Sheet {

  private final StringBuilder text = new StringBuilder();
  private final List<String> checks = new ArrayList<>();
  private final Consumer<String> shown;
  private boolean failed;

  /**
   * @param shown is given each part as soon as it is there
   */
  Sheet(Consumer<String> shown) {
    this.shown = shown;
  }

  void part(String title, String explanation, Markdown table) {
    String part = "## %s%n%n%s%n%n%s%n".formatted(title, explanation.strip(), table.text());
    text.append(part);
    shown.accept(part);
  }

  void check(boolean held, String what) {
    checks.add((held ? "- ok: " : "- **FAIL**: ") + what + "\n");
    failed |= !held;
  }

  /** Returns the checks, and shows them. */
  String checks() {
    String part = "## Checks\n\n" + String.join("", checks);
    shown.accept(part);
    return part;
  }

  String parts() {
    return text.toString();
  }

  boolean passed() {
    return !failed;
  }
}
