package accounts.async;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The outbound calls in flight on behalf of one call, shared by the scopes of all its steps. Most
 * calls have one at a time, or none at all.
 *
 * <p>Safe for use by several threads.
 */
final class OutboundCalls {

  private @Nullable Set<BoundedCall<?>> running; // guarded by this
  private volatile boolean cancelled;

  boolean isCancelled() {
    return cancelled;
  }

  /** Adds a call that has started; it is cancelled at once if the others have been. */
  void add(BoundedCall<?> call) {
    if (!added(call)) {
      call.cancel(true);
    }
  }

  private synchronized boolean added(BoundedCall<?> call) {
    if (cancelled) {
      return false;
    }
    if (running == null) {
      running = new HashSet<>();
    }
    running.add(call);
    return true;
  }

  /** Removes a call that has ended; does nothing if it was not added. */
  synchronized void remove(BoundedCall<?> call) {
    if (running != null) {
      running.remove(call);
    }
  }

  /** Cancels all calls in flight, and those that are still added. */
  void cancel() {
    inFlight().forEach(call -> call.cancel(true));
  }

  private synchronized List<BoundedCall<?>> inFlight() {
    cancelled = true;
    return running == null ? List.of() : List.copyOf(running);
  }
}
