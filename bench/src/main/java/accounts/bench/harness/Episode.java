package accounts.bench.harness;

/**
 * A class of faults, played for a while.
 *
 * @param row its number in the table of what is survived (docs/freshness.md)
 * @param name what people call it
 */
record Episode(int row, String name, Action action) {

  /** Injects faults, takes them back, and returns how many there were. */
  interface Action {
    long play(Stage stage) throws InterruptedException;
  }

  @Override
  public String toString() {
    return "%2d %s".formatted(row, name);
  }
}
