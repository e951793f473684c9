package accounts.audit;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;

/** Admits a fixed number of samples per second, evenly spaced; unused ones are not saved up. */
final class RateLimitedSampler {

  private final long period;
  private final LongSupplier nanoTime;
  private final AtomicLong next;

  RateLimitedSampler(int perSecond, LongSupplier nanoTime) {
    this.period = Duration.ofSeconds(1).dividedBy(perSecond).toNanos();
    this.nanoTime = nanoTime;
    this.next = new AtomicLong(nanoTime.getAsLong());
  }

  boolean admits() {
    long due = next.get();
    long now = nanoTime.getAsLong();
    return now - due >= 0 && next.compareAndSet(due, now + period);
  }
}
