package accounts.client;

import io.opentelemetry.sdk.trace.data.SpanData;
import java.util.Comparator;
import java.util.List;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Prints spans as a tree, siblings in the order in which they began, without times and ids. */
final class SpanTree {

  private static final String NO_PARENT = "0000000000000000";

  private final List<SpanData> spans;

  SpanTree(List<SpanData> spans) {
    this.spans =
        spans.stream().sorted(Comparator.comparingLong(SpanData::getStartEpochNanos)).toList();
  }

  String print() {
    return below(NO_PARENT, "").collect(Collectors.joining("\n", "", "\n"));
  }

  private Stream<String> below(String parent, String indent) {
    return spans.stream()
        .filter(span -> span.getParentSpanId().equals(parent))
        .flatMap(span ->
            Stream.concat(Stream.of(indent + line(span)), below(span.getSpanId(), indent + "  ")));
  }

  private static String line(SpanData span) {
    TreeMap<String, Object> attributes = new TreeMap<>();
    span.getAttributes()
        .forEach((key, value) -> {
          if (key.getKey().startsWith("accounts.")) {
            attributes.put(key.getKey().substring("accounts.".length()), value);
          }
        });
    return attributes.isEmpty() ? span.getName() : span.getName() + " " + attributes;
  }
}
