package accounts.bench.plot;

import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;

/**
 * Lines over two axes that begin at 0, or at a power of ten.
 *
 * @param logarithmic whether the vertical axis is
 */
public record LinePlot(
    String title, String xLabel, String yLabel, boolean logarithmic, List<Series> series) {

  private static final int LEFT = 70;
  private static final int RIGHT = 190;
  private static final int TOP = 40;
  private static final int BOTTOM = 50;
  private static final int HEIGHT = 360;
  private static final int TICKS = 5;

  /** A point of a line. */
  public record Point(double x, double y) {}

  /** A line with its name. */
  public record Series(String name, List<Point> points) {
    public Series {
      points = List.copyOf(points);
    }
  }

  public LinePlot {
    series = List.copyOf(series);
  }

  /** Returns the plot as an SVG document. */
  public String svg() {
    Svg svg = new Svg(HEIGHT);
    svg.text(10, 22, "start", title);
    svg.text((LEFT + Svg.WIDTH - RIGHT) / 2.0, HEIGHT - 10, "middle", xLabel);
    svg.text(10, TOP - 4, "start", yLabel);
    axes(svg);
    for (int i = 0; i < series.size(); i++) {
      svg.path(path(series.get(i)), Svg.colour(i));
      double y = TOP + 18 * i;
      svg.rectangle(Svg.WIDTH - RIGHT + 12, y, 12, 4, Svg.colour(i));
      svg.text(Svg.WIDTH - RIGHT + 30, y + 7, "start", series.get(i).name());
    }
    return svg.finish();
  }

  private void axes(Svg svg) {
    for (int i = 0; i <= TICKS; i++) {
      double part = i / (double) TICKS;
      double x = LEFT + part * width();
      double y = HEIGHT - BOTTOM - part * height();
      svg.line(LEFT, y, LEFT + width(), y, "#dddddd");
      svg.text(LEFT - 6, y + 4, "end", number(value(part)));
      svg.text(x, HEIGHT - BOTTOM + 18, "middle", number(part * mostX()));
    }
    svg.line(LEFT, HEIGHT - BOTTOM, LEFT + width(), HEIGHT - BOTTOM, "black");
    svg.line(LEFT, TOP, LEFT, HEIGHT - BOTTOM, "black");
  }

  private static String number(double value) {
    return String.format(Locale.ROOT, value < 10 ? "%.2g" : "%,.0f", value);
  }

  private String path(Series line) {
    return line.points().stream()
        .map(point -> "%.1f,%.1f".formatted(x(point), y(point)))
        .collect(Collectors.joining(" "));
  }

  private double x(Point point) {
    return LEFT + (mostX() == 0 ? 0 : point.x() / mostX()) * width();
  }

  private double y(Point point) {
    double part =
        logarithmic
            ? Math.log10(Math.max(point.y(), least()) / least()) / Math.log10(mostY() / least())
            : point.y() / mostY();
    return HEIGHT - BOTTOM - part * height();
  }

  /** Returns the value at a part of the vertical axis. */
  private double value(double part) {
    return logarithmic ? least() * Math.pow(mostY() / least(), part) : part * mostY();
  }

  private double mostX() {
    return most(Point::x);
  }

  private double mostY() {
    double most = most(Point::y);
    double atLeast = most == 0 ? 1 : most;
    return logarithmic ? Math.max(atLeast, 10 * least()) : atLeast;
  }

  private double most(ToDoubleFunction<Point> value) {
    return series.stream()
        .flatMap(line -> line.points().stream())
        .mapToDouble(value)
        .max()
        .orElse(1);
  }

  /** Returns the power of ten below all values that are more than 0. */
  private double least() {
    double least =
        series.stream()
            .flatMap(line -> line.points().stream())
            .mapToDouble(Point::y)
            .filter(y -> y > 0)
            .min()
            .orElse(1);
    return Math.pow(10, Math.floor(Math.log10(least)));
  }

  private static int width() {
    return Svg.WIDTH - LEFT - RIGHT;
  }

  private static int height() {
    return HEIGHT - TOP - BOTTOM;
  }
}
