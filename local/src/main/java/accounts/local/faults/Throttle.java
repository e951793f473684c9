package accounts.local.faults;

/**
 * A rate limit: lets so many calls pass in each second, counted from the first call of that second.
 */
final class Throttle {

  private static final long SECOND = 1_000_000_000L;

  private final int perSecond;
  private long begin;
  private int passed;

  Throttle(int perSecond) {
    this.perSecond = perSecond;
    this.begin = System.nanoTime();
  }

  synchronized boolean admits() {
    long now = System.nanoTime();
    if (now - begin >= SECOND) {
      begin = now;
      passed = 0;
    }
    passed = Math.min(passed + 1, perSecond + 1);
    return passed <= perSecond;
  }
}
