package accounts.bench.plot;

import java.util.List;

/**
 * Horizontal bars, each with its name before and its value behind it.
 *
 * @param format of values, such as {@code %.2f ×}
 */
public record BarPlot(String title, String format, List<Bar> bars) {

  private static final int LEFT = 250;
  private static final int RIGHT = 80;
  private static final int TOP = 40;
  private static final int ROW = 24;

  /** One bar; its value is 0 or more. */
  public record Bar(String name, double value) {}

  public BarPlot {
    bars = List.copyOf(bars);
  }

  /** Returns the plot as an SVG document. */
  public String svg() {
    Svg svg = new Svg(TOP + ROW * bars.size() + 10);
    svg.text(10, 22, "start", title);
    double most = bars.stream().mapToDouble(Bar::value).max().orElse(1);
    for (int i = 0; i < bars.size(); i++) {
      double width = bars.get(i).value() / most * (Svg.WIDTH - LEFT - RIGHT);
      double y = TOP + ROW * i;
      svg.text(LEFT - 8, y + 14, "end", bars.get(i).name());
      svg.rectangle(LEFT, y, width, ROW - 6, Svg.colour(0));
      svg.text(LEFT + width + 6, y + 14, "start", format.formatted(bars.get(i).value()));
    }
    return svg.finish();
  }
}
