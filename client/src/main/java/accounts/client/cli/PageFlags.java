package accounts.client.cli;

import accounts.v1.Membership;
import com.google.protobuf.Message;
import java.util.List;
import java.util.function.Function;
import picocli.CommandLine.Option;

/** The options of lists, and the loop over pages that they ask for. */
final class PageFlags {

  @Option(
      names = "--page-size",
      paramLabel = "N",
      description = "How many on a page (default 50, at most 1000).")
  private int pageSize;

  @Option(
      names = "--page-token",
      paramLabel = "TOKEN",
      description = "Begin with this page; printed after the page before.")
  private String pageToken = "";

  @Option(names = "--all", description = "Print all pages; with --json one line for each.")
  private boolean all;

  int pageSize() {
    return pageSize;
  }

  /** Prints one page or all, each as it comes. */
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
