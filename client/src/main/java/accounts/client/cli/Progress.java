package accounts.client.cli;

import java.io.PrintWriter;
import java.time.Duration;

/** A bar on a terminal, redrawn five times a second; elsewhere nothing. For one thread. */
final class Progress {

  private static final long REDRAW_NANOS = Duration.ofMillis(200).toNanos();
  private static final int WIDTH = 30;

  private final PrintWriter err;
  private final boolean shown;
  private final long bytes;
  private long drawnNanos = System.nanoTime() - REDRAW_NANOS;

  /**
   * @param shown whether {@code err} is a terminal
   * @param bytes the size of the file
   */
  Progress(PrintWriter err, boolean shown, long bytes) {
    this.err = err;
    this.shown = shown;
    this.bytes = bytes;
  }

  void at(FileMark mark, long refused) {
    if (shown && System.nanoTime() - drawnNanos >= REDRAW_NANOS) {
      draw(mark, refused);
    }
  }

  /** Draws the last state, and leaves the line. */
  void end(FileMark mark, long refused) {
    if (shown) {
      draw(mark, refused);
      err.println();
    }
  }

  private void draw(FileMark mark, long refused) {
    drawnNanos = System.nanoTime();
    long share = bytes == 0 ? 100 : Math.min(100, 100 * mark.position() / bytes);
    int filled = (int) (share * WIDTH / 100);
    err.printf(
        "\r[%s%s] %3d %%, line %d, %d refused",
        "#".repeat(filled), " ".repeat(WIDTH - filled), share, mark.line(), refused);
    err.flush();
  }
}
