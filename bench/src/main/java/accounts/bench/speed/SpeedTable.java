package accounts.bench.speed;

import java.util.Map;
import java.util.function.ToDoubleFunction;

/** The table of throughputs and of what they take, in Markdown that can be read as it is. */
record SpeedTable(Map<Kind, Measured> results) {

  private static final String ROW = "| %-32s | %10s | %6s | %12s | %6s | %12s | %6s | %10s |%n";

  String markdown() {
    StringBuilder text = new StringBuilder();
    text.append(ROW.formatted("", "calls/s", "", "processor µs", "", "bytes", "", "unexpected"));
    text.append(ROW.formatted("---", "--:", "--:", "--:", "--:", "--:", "--:", "--:"));
    results.forEach((kind, measured) -> text.append(row(kind, measured)));
    return text.toString();
  }

  private String row(Kind kind, Measured measured) {
    return ROW.formatted(
        kind.title(),
        "%,.0f".formatted(measured.perSecond()),
        times(kind, Measured::perSecond),
        "%.1f".formatted(measured.micros()),
        times(kind, Measured::micros),
        "%,.0f".formatted(measured.bytes()),
        times(kind, Measured::bytes),
        "%.2f %%".formatted(100 * measured.unexpected()));
  }

  private String times(Kind kind, ToDoubleFunction<Measured> figure) {
    return kind.baseline()
        .filter(results::containsKey)
        .map(baseline ->
            "%.2f ×"
                .formatted(
                    figure.applyAsDouble(results.get(kind))
                        / figure.applyAsDouble(results.get(baseline))))
        .orElse("");
  }
}
