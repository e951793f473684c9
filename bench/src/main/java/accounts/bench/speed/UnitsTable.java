package accounts.bench.speed;

import accounts.bench.load.Prices;
import java.util.Map;

/** The table of what is paid for, in Markdown that can be read as it is. */
record UnitsTable(Map<Kind, Measured> results, Prices prices) {

  private static final String ROW = "| %-32s | %8s | %8s | %8s | %10s | %11s | %12s |%n";

  String markdown() {
    StringBuilder text = new StringBuilder();
    text.append(
        ROW.formatted(
            "for one call",
            "gets",
            "changes",
            "hints",
            "read units",
            "write units",
            "a million, $"));
    text.append(ROW.formatted("---", "--:", "--:", "--:", "--:", "--:", "--:"));
    results.forEach((kind, measured) -> text.append(row(kind, measured.units())));
    return text.toString();
  }

  private String row(Kind kind, Units units) {
    return ROW.formatted(
        kind.title(),
        number(units.gets()),
        number(units.changes()),
        number(units.publishes()),
        number(units.readUnits()),
        number(units.writeUnits()),
        "%.2f".formatted(units.million(prices, kind.isConsistent())));
  }

  private static String number(double value) {
    return "%.3f".formatted(value);
  }
}
