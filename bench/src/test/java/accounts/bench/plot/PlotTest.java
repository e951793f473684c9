package accounts.bench.plot;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.StringReader;
import java.util.List;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import org.xml.sax.InputSource;

final class PlotTest {

  private static Element parsed(String svg) throws Exception {
    return DocumentBuilderFactory.newInstance()
        .newDocumentBuilder()
        .parse(new InputSource(new StringReader(svg)))
        .getDocumentElement();
  }

  private static LinePlot lines(boolean logarithmic, LinePlot.Point... points) {
    return new LinePlot(
        "title", "x", "y", logarithmic, List.of(new LinePlot.Series("a", List.of(points))));
  }

  private static String path(LinePlot plot) throws Exception {
    NodeList lines = parsed(plot.svg()).getElementsByTagName("polyline");
    return ((Element) lines.item(0)).getAttribute("points");
  }

  @Test
  void svg_bars_areAsLongAsTheirValues() throws Exception {
    BarPlot plot =
        new BarPlot(
            "a < b", "%.1f", List.of(new BarPlot.Bar("one", 2), new BarPlot.Bar("other", 1)));

    NodeList bars = parsed(plot.svg()).getElementsByTagName("rect");

    double one = Double.parseDouble(((Element) bars.item(1)).getAttribute("width"));
    double other = Double.parseDouble(((Element) bars.item(2)).getAttribute("width"));
    assertThat(one).isEqualTo(2 * other);
    assertThat(plot.svg()).contains("a &lt; b", ">2.0<", ">1.0<");
  }

  @Test
  void svg_line_goesFromCornerToCorner() throws Exception {
    assertThat(path(lines(false, new LinePlot.Point(0, 0), new LinePlot.Point(10, 5))))
        .isEqualTo("70.0,310.0 530.0,40.0");
  }

  @Test
  void svg_logarithmic_hasEqualStepsForEqualRatios() throws Exception {
    assertThat(
            path(
                lines(
                    true,
                    new LinePlot.Point(0, 1),
                    new LinePlot.Point(5, 10),
                    new LinePlot.Point(10, 100))))
        .isEqualTo("70.0,310.0 300.0,175.0 530.0,40.0");
  }

  @Test
  void svg_nothing_isAPlotStill() throws Exception {
    assertThat(parsed(lines(false).svg()).getTagName()).isEqualTo("svg");
    assertThat(parsed(new BarPlot("", "%.0f", List.of()).svg()).getTagName()).isEqualTo("svg");
  }
}
