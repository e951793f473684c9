package accounts.bench.load;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;

/**
 * The queries of a dashboard for Grafana.
 *
 * @param queries of all panels, in their order
 */
public record Dashboard(List<Query> queries) {

  /**
   * A query of a panel.
   *
   * @param panel the panel's title
   * @param expression in PromQL, with Grafana's variables replaced
   */
  public record Query(String panel, String expression) {}

  public Dashboard {
    queries = List.copyOf(queries);
  }

  /**
   * Reads a dashboard.
   *
   * @param rateInterval what takes the place of {@code $__rate_interval}
   * @throws IllegalArgumentException if a query has another variable
   */
  public static Dashboard read(Path file, String rateInterval) {
    return of(new ObjectMapper().readTree(file.toFile()), rateInterval);
  }

  static Dashboard of(JsonNode tree, String rateInterval) {
    return new Dashboard(
        panels(tree)
            .flatMap(panel ->
                panel
                    .path("targets")
                    .valueStream()
                    .map(target ->
                        new Query(
                            panel.path("title").asString(""),
                            expression(target.path("expr").asString(""), rateInterval))))
            .toList());
  }

  /** Collapsed rows have their panels inside. */
  private static Stream<JsonNode> panels(JsonNode parent) {
    return parent
        .path("panels")
        .valueStream()
        .flatMap(panel -> Stream.concat(Stream.of(panel), panels(panel)));
  }

  private static String expression(String written, String rateInterval) {
    String replaced = written.replace("$__rate_interval", rateInterval);
    if (replaced.contains("$")) {
      throw new IllegalArgumentException(
          written + ": has a variable (expected: none but $__rate_interval)");
    }
    return replaced;
  }

  /** Returns the queries that find no series of a number. */
  List<Query> without(Finder finder) throws InterruptedException {
    List<Query> empty = new ArrayList<>();
    for (Query query : queries) {
      if (finder.series(query.expression()) == 0) {
        empty.add(query);
      }
    }
    return empty;
  }

  /** Finds series. */
  interface Finder {
    /** Returns how many series of a number a query finds. */
    long series(String expression) throws InterruptedException;
  }
}
