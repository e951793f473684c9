package accounts.cache;

import accounts.store.Epochs;
import java.time.Duration;
import java.util.Optional;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * What this instance knows of the epochs, and until when it may go by it. A writer that raised an
 * epoch waits as long as any lease lasts, so whoever still goes by the old epoch then has let its
 * lease lapse.
 */
public final class EpochLease {

  private final Duration length;
  private final LongSupplier nanoTime;
  private volatile @Nullable Confirmed confirmed;

  private record Confirmed(Epochs epochs, long readBegan) {}

  /**
   * @param length how long epochs may be gone by, counted from when they began to be read
   * @param nanoTime nanoseconds from any origin
   */
  public EpochLease(Duration length, LongSupplier nanoTime) {
    this.length = length;
    this.nanoTime = nanoTime;
  }

  /**
   * Takes over what was read.
   *
   * @param readBegan from this moment on the lease counts
   */
  public void confirm(Epochs epochs, long readBegan) {
    confirmed = new Confirmed(epochs, readBegan);
  }

  /** Returns the epochs, if they may be gone by at this moment. */
  public Optional<Epochs> epochs() {
    Confirmed known = confirmed;
    return known != null && nanoTime.getAsLong() - known.readBegan() < length.toNanos()
        ? Optional.of(known.epochs())
        : Optional.empty();
  }
}
