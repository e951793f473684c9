package accounts.client.cli;

/**
 * A line of a file.
 *
 * @param mark the position after it
 * @param text without the line's end; empty if there is a fault
 * @param fault why it cannot be read; empty if it can
 */
record Line(FileMark mark, String text, String fault) {

  boolean isBlank() {
    return fault.isEmpty() && text.isBlank();
  }
}
