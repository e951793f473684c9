package accounts.client.cli;

import accounts.v1.Membership;
import com.google.protobuf.Message;
import java.util.List;
import java.util.function.Function;
import picocli.CommandLine.Option;

/** The command-line options of lists, and the loop over pages. */
final class PageFlags {

  @Option(
      names = "--page-size",
      paramLabel = "N",
      description = "Items per page (default 50, at most 1000).")
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

  /** Prints one page, or all pages as they arrive. */
  <R extends Message> void print(
      Output output,
      Function<String, R> pageAt,
      Function<R, List<Membership>> items,
      Function<R, String> nextToken) {
    Table table = new Table(Columns.MEMBERSHIP);
    String token = pageToken;
    do {
      R page = pageAt.apply(token);
      items.apply(page).forEach(m -> table.row(Columns.of(m)));
      output.response(page, table);
      token = nextToken.apply(page);
    } while (all && !token.isEmpty());
    if (!token.isEmpty()) {
      output.remark("more: --page-token " + token);
    }
  }
}
