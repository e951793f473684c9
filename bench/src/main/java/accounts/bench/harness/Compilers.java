package accounts.bench.harness;

import java.time.Duration;
import java.util.function.Supplier;

/**
 * Tells when a server's compilers are done with what is called all the time, and what is measured
 * is no longer theirs. For one thread.
 */
public final class Compilers {

  /** As long as they take no more than this part of a time, they are idle. */
  private static final int LITTLE = 10;

  private final Supplier<Duration> taken;
  private Duration before;

  /**
   * @param taken how long they have compiled so far
   */
  public Compilers(Supplier<Duration> taken) {
    this.taken = taken;
    this.before = taken.get();
  }

  /**
   * Returns whether they were idle since the last call.
   *
   * @param since how long ago that was
   */
  public boolean wereIdle(Duration since) {
    Duration now = taken.get();
    Duration compiled = now.minus(before);
    before = now;
    return compiled.compareTo(since.dividedBy(LITTLE)) <= 0;
  }
}
