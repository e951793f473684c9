package accounts.bench;

import accounts.bench.load.Report;

/** Prints reports, and says by an exit code how they end. */
final class Reports {

  private Reports() {}

  /** Returns 0 if all was as expected, 1 otherwise. */
  static int print(Report report) {
    System.out.println(report.text());
    return report.passed() ? 0 : 1;
  }
}
