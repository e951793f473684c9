package accounts.bench.load;

import java.util.List;

/** Prints hit ratio, latency and failures of a load for several periods. */
record PeriodTable(Samples reads, Samples writes) {

  private static final String HEAD =
      "%-24s %8s %7s %9s %9s  %-34s %7s %9s %9s %9s  %s%n"
          .formatted(
              "",
              "reads",
              "hits",
              "p50 ms",
              "p99 ms",
              "reads failed",
              "writes",
              "p50 ms",
              "p99 ms",
              "max ms",
              "writes failed");

  String text(List<Period> periods) {
    StringBuilder text = new StringBuilder(HEAD);
    periods.forEach(period -> text.append(row(period)));
    return text.toString();
  }

  private String row(Period period) {
    Samples read = reads.in(period);
    Samples written = writes.in(period);
    return "%-24s %,8d %6.1f%% %9.1f %9.1f  %-34s %,7d %9.1f %9.1f %9.1f  %s%n"
        .formatted(
            period.name(),
            read.offered(),
            100 * read.hitRatio(),
            read.millis(50),
            read.millis(99),
            read.failures(),
            written.offered(),
            written.millis(50),
            written.millis(99),
            written.millis(100),
            written.failures());
  }
}
