package accounts.bench.plot;

/** Writes the elements of a picture. For one thread. */
final class Svg {

  static final int WIDTH = 720;
  private static final String[] COLOURS = {
    "#1f77b4", "#d62728", "#2ca02c", "#ff7f0e", "#9467bd", "#8c564b", "#17becf", "#7f7f7f"
  };

  private final StringBuilder body = new StringBuilder();
  private final int height;

  Svg(int height) {
    this.height = height;
  }

  static String colour(int number) {
    return COLOURS[Math.floorMod(number, COLOURS.length)];
  }

  void rectangle(double x, double y, double width, double tall, String colour) {
    add(
        "<rect x=\"%.1f\" y=\"%.1f\" width=\"%.1f\" height=\"%.1f\" fill=\"%s\"/>"
            .formatted(x, y, width, tall, colour));
  }

  void line(double x1, double y1, double x2, double y2, String colour) {
    add(
        "<line x1=\"%.1f\" y1=\"%.1f\" x2=\"%.1f\" y2=\"%.1f\" stroke=\"%s\"/>"
            .formatted(x1, y1, x2, y2, colour));
  }

  /**
   * @param points pairs of coordinates, separated by spaces
   */
  void path(String points, String colour) {
    add(
        "<polyline points=\"%s\" fill=\"none\" stroke=\"%s\" stroke-width=\"2\"/>"
            .formatted(points, colour));
  }

  /**
   * @param anchor start, middle or end
   */
  void text(double x, double y, String anchor, String text) {
    String escaped = text.replace("&", "&amp;").replace("<", "&lt;");
    add(
        "<text x=\"%.1f\" y=\"%.1f\" text-anchor=\"%s\">%s</text>"
            .formatted(x, y, anchor, escaped));
  }

  private void add(String element) {
    body.append(element).append('\n');
  }

  String finish() {
    return """
    <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 %d %d" font-family="sans-serif" font-size="12">
    <rect width="100%%" height="100%%" fill="white"/>
    %s</svg>
    """
        .formatted(WIDTH, height, body);
  }
}
