package accounts.client.cli;

import com.google.protobuf.Message;
import java.util.List;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Stream;
import picocli.CommandLine.Option;

/** The command-line options of lists, and the loop over pages. */
final class PageFlags {

  @Option(
      names = "--page-size",
      paramLabel = "N",
      description = "Items per page (default 50, at most 1000; of users or organizations 100).")
  private int pageSize;

  @Option(
      names = "--page-token",
      paramLabel = "TOKEN",
      description = "Start with this page; printed after the previous page.")
  private String pageToken = "";

  @Option(names = "--all", description = "Print all pages; with --json, a line for each.")
  private boolean all;

  int pageSize() {
    return pageSize;
  }

  /**
   * Prints one page, or all pages as they arrive.
   *
   * @param rows the cells of each item of a page
   */
  <R extends Message> void print(
      Output output,
      List<String> headings,
      Function<String, R> pageAt,
      Function<R, Stream<List<String>>> rows,
      Function<R, String> nextToken) {
    print(output, headings, pageAt, rows, nextToken, page -> false);
  }

  /**
   * As the other method; remarks that a list may be incomplete.
   *
   * @param isIncomplete whether a page says so
   */
  <R extends Message> void print(
      Output output,
      List<String> headings,
      Function<String, R> pageAt,
      Function<R, Stream<List<String>>> rows,
      Function<R, String> nextToken,
      Predicate<R> isIncomplete) {
    boolean incomplete = false;
    Table table = new Table(headings);
    String token = pageToken;
    do {
      R page = pageAt.apply(token);
      rows.apply(page).forEach(table::row);
      output.response(page, table);
      token = nextToken.apply(page);
      incomplete |= isIncomplete.test(page);
    } while (all && !token.isEmpty());
    if (!token.isEmpty()) {
      output.remark("more: --page-token " + token);
    }
    if (incomplete) {
      output.remark("some may be missing: the service still searches for those of older versions");
    }
  }
}
