package accounts.bench;

import accounts.bench.load.Report;

/** Prints reports and derives exit codes from them. */
final class Reports {

  private Reports() {}

  /** Prints a report; returns 0 if all its checks passed, else 1. */
  static int print(Report report) {
    System.out.println(report.text());
    return report.passed() ? 0 : 1;
  }
}
