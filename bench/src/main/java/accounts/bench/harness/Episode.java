package accounts.bench.harness;

/**
 * A class of faults that is injected for a while.
 *
 * @param row its number in the table of failures in docs/freshness.md
 * @param name of the episode in reports
 */
record Episode(int row, String name, Action action) {

  /** Injects faults, takes them back, and returns how many there were. */
  interface Action {
    long play(FaultContext context) throws InterruptedException;
  }

  @Override
  public String toString() {
    return "%2d %s".formatted(row, name);
  }
}
