package accounts.client.cli;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Prints rows in columns under headings, as wide as the widest cell. Rows may be printed page by
 * page: headings are printed once, and columns never get narrower.
 */
final class Table {

  private static final String GAP = "  ";

  /** Control characters, line separators, and characters that change the text direction. */
  private static final Pattern UNSAFE =
      Pattern.compile("[\\p{Cc}\\u2028\\u2029\\u202A-\\u202E\\u2066-\\u2069]+");

  private final List<List<String>> rows = new ArrayList<>();
  private final int[] widths;

  Table(List<String> headings) {
    widths = new int[headings.size()];
    row(headings);
  }

  /** Adds a row, with one cell for each heading. */
  Table row(List<String> cells) {
    List<String> safe = cells.stream().map(Table::safe).toList();
    for (int i = 0; i < widths.length; i++) {
      widths[i] = Math.max(widths[i], length(safe.get(i)));
    }
    rows.add(safe);
    return this;
  }

  /** Prints the rows added since the last time. */
  void print(PrintWriter out) {
    rows.forEach(row -> out.println(line(row)));
    rows.clear();
  }

  /** Returns the text on one line, without characters that could control a terminal. */
  static String safe(String text) {
    return UNSAFE.matcher(text).replaceAll(" ");
  }

  private String line(List<String> row) {
    StringBuilder line = new StringBuilder();
    for (int i = 0; i < widths.length; i++) {
      line.append(row.get(i)).append(" ".repeat(widths[i] - length(row.get(i)))).append(GAP);
    }
    return line.toString().stripTrailing();
  }

  private static int length(String text) {
    return text.codePointCount(0, text.length());
  }
}
