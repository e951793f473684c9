package accounts.bench.speed;

import accounts.bench.plot.LinePlot;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The points of all curves, in Markdown that can be read as it is, and as plots. For one thread.
 */
final class CurveTable {

  private static final String ROW =
      "| %-10s | %6s | %10s | %12s | %10s | %10s | %9s | %9s | %9s |%n";

  /** A point of a curve. */
  private record Point(int x, Throughput closed, Latency half) {}

  private final Map<String, List<Point>> curves = new LinkedHashMap<>();

  void add(String curve, int x, Throughput closed, Latency half) {
    curves.computeIfAbsent(curve, ignored -> new ArrayList<>()).add(new Point(x, closed, half));
  }

  String markdown() {
    StringBuilder text = new StringBuilder();
    text.append(
        ROW.formatted(
            "", "", "calls/s", "processor µs", "not hits", "gets", "p50 µs", "p99 µs", "p99.9 µs"));
    text.append(ROW.formatted("---", "--:", "--:", "--:", "--:", "--:", "--:", "--:", "--:"));
    curves.forEach((curve, points) -> points.forEach(point -> text.append(row(curve, point))));
    return text.toString();
  }

  private static String row(String curve, Point point) {
    return ROW.formatted(
        curve,
        point.x(),
        "%,.0f".formatted(point.closed().perSecond()),
        "%.1f".formatted(point.closed().micros()),
        "%.2f %%".formatted(100 * point.closed().unexpected()),
        "%.3f".formatted(point.closed().units().gets()),
        "%,.0f".formatted(point.half().p50()),
        "%,.0f".formatted(point.half().p99()),
        "%,.0f".formatted(point.half().p999()));
  }

  /** Returns a plot of the throughput of each curve, by its name. */
  Map<String, String> plots() {
    Map<String, String> plots = new LinkedHashMap<>();
    curves.forEach((curve, points) ->
        plots.put(
            curve,
            new LinePlot(
                    "Throughput by " + curve,
                    curve,
                    "calls/s",
                    false,
                    List.of(
                        new LinePlot.Series(
                            "calls/s",
                            points.stream()
                                .map(p -> new LinePlot.Point(p.x(), p.closed().perSecond()))
                                .toList())))
                .svg()));
    return plots;
  }
}
