package accounts.server;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/** The series in a scrape, and which selectors of a query in PromQL find none of them. */
record Series(List<Map<String, String>> all) {

  private static final String NAME = "__name__";
  private static final Pattern LINE =
      Pattern.compile("^(\\w+)(?:\\{(.*)})? [^ ]+$", Pattern.MULTILINE);
  private static final Pattern SELECTOR =
      Pattern.compile("\\b((?:accounts|grpc|jvm|process)_\\w+)(?:\\{([^}]*)})?");
  private static final Pattern GROUPING = Pattern.compile("\\bby \\([^)]*\\)");
  private static final Pattern MATCHER = Pattern.compile("(\\w+)(=~|!~|!=|=)\"([^\"]*)\"");

  /** Labels whose values come with the calls. */
  private static final Set<String> OF_CALLS =
      Set.of("code", "method", "grpc_status", "grpc_method");

  static Series of(String scrape) {
    return new Series(LINE.matcher(scrape).results().map(Series::labels).toList());
  }

  private static Map<String, String> labels(MatchResult line) {
    Map<String, String> labels = new HashMap<>();
    labels.put(NAME, line.group(1));
    if (line.group(2) != null) {
      MATCHER
          .matcher(line.group(2))
          .results()
          .forEach(label -> labels.put(label.group(1), label.group(3)));
    }
    return labels;
  }

  /** Returns the selectors that find nothing. */
  List<String> missing(String query) {
    return SELECTOR
        .matcher(GROUPING.matcher(query).replaceAll(""))
        .results()
        .filter(selector -> all.stream().noneMatch(series -> matches(selector, series)))
        .map(MatchResult::group)
        .toList();
  }

  private static boolean matches(MatchResult selector, Map<String, String> series) {
    return selector.group(1).equals(series.get(NAME))
        && (selector.group(2) == null
            || MATCHER
                .matcher(selector.group(2))
                .results()
                .filter(matcher -> !OF_CALLS.contains(matcher.group(1)))
                .allMatch(matcher -> matches(matcher, series.getOrDefault(matcher.group(1), ""))));
  }

  private static boolean matches(MatchResult matcher, String value) {
    return switch (matcher.group(2)) {
      case "=" -> value.equals(matcher.group(3));
      case "!=" -> !value.equals(matcher.group(3));
      case "=~" -> value.matches(matcher.group(3));
      default -> !value.matches(matcher.group(3));
    };
  }
}
