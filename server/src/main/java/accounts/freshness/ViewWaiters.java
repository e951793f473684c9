package accounts.freshness;

import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import java.util.function.Predicate;
import java.util.function.Supplier;

/**
 * The calls that wait for a lease. One timer polls for all of them, and only while there are any.
 */
final class ViewWaiters {

  static final Duration PERIOD = Duration.ofMillis(10);

  private final Supplier<Optional<EpochView>> view;
  private final LongSupplier nanoTime;
  private final ScheduledExecutorService timer;
  private final Set<Waiter> waiting = new LinkedHashSet<>();
  private boolean polling;

  private record Waiter(long until, CompletableFuture<Optional<EpochView>> future) {}

  ViewWaiters(
      Supplier<Optional<EpochView>> view, LongSupplier nanoTime, ScheduledExecutorService timer) {
    this.view = view;
    this.nanoTime = nanoTime;
    this.timer = timer;
  }

  CompletableFuture<Optional<EpochView>> await(Duration atMost) {
    Waiter waiter = new Waiter(nanoTime.getAsLong() + atMost.toNanos(), new CompletableFuture<>());
    boolean isFirst;
    synchronized (this) {
      waiting.add(waiter);
      isFirst = !polling;
      polling = true;
    }
    if (isFirst) {
      pollLater();
    }
    return waiter.future;
  }

  private void pollLater() {
    try {
      var unused = timer.schedule(this::poll, PERIOD.toNanos(), TimeUnit.NANOSECONDS);
    } catch (RejectedExecutionException e) { // the instance is stopping
      List<Waiter> ended = takeOut(waiter -> true);
      goesOn();
      ended.forEach(waiter -> waiter.future.complete(Optional.empty()));
    }
  }

  private void poll() {
    Optional<EpochView> found = view.get();
    long now = nanoTime.getAsLong();
    List<Waiter> ended = takeOut(waiter -> found.isPresent() || now - waiter.until >= 0);
    if (goesOn()) {
      pollLater();
    }
    ended.forEach(waiter -> waiter.future.complete(found));
  }

  private synchronized List<Waiter> takeOut(Predicate<Waiter> isEnded) {
    List<Waiter> ended = waiting.stream().filter(isEnded).toList();
    waiting.removeAll(ended);
    return ended;
  }

  private synchronized boolean goesOn() {
    polling = !waiting.isEmpty();
    return polling;
  }
}
