package accounts.store;

import accounts.async.CallScope;
import accounts.async.Futures;
import accounts.domain.AccountError.Overloaded;
import accounts.domain.AccountError.StoreThrottled;
import accounts.domain.AccountError.StoreUnavailable;
import accounts.domain.AccountException;
import com.netflix.concurrency.limits.Limit;
import com.netflix.concurrency.limits.limit.AIMDLimit;
import com.netflix.concurrency.limits.limit.FixedLimit;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.SequencedSet;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Function;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Bounds concurrent calls: a number of calls run at once, a number of others wait in FIFO order,
 * and calls beyond both are shed at once. A waiting call leaves the queue when its caller is gone;
 * it is shed when half of its caller's time is over.
 *
 * <p>A {@link Limit} determines how many may run, and learns from how calls end.
 *
 * <p>Whatever takes a waiting call out of the queue completes it: a free place, or the end of its
 * caller's time.
 */
public final class AdmissionQueue {

  private static final Duration RETRY_AFTER = Duration.ofMillis(100);

  private final String step;
  private final Limit limit;
  private final int length;
  private final Duration slow;
  private final LongSupplier nanoTime;
  private final SequencedSet<Call<?>> waiting = new LinkedHashSet<>(); // guarded by this
  private final LongAdder shed = new LongAdder();
  private int running; // guarded by this

  /** What happens to a call that has just arrived. */
  private enum Admission {
    RUN,
    WAIT,
    SHED
  }

  /**
   * @param step the name of the wait in traces
   * @param limit how many calls may run at once
   * @param length how many may wait
   * @param slow a call that fails faster than this, because its caller's deadline passed, does not
   *     affect the limit
   * @param nanoTime times calls, in nanoseconds from any origin
   */
  AdmissionQueue(String step, Limit limit, int length, Duration slow, LongSupplier nanoTime) {
    this.step = step;
    this.limit = limit;
    this.length = length;
    this.slow = slow;
    this.nanoTime = nanoTime;
  }

  /**
   * Returns a queue that admits fewer calls while they are slow or fail, and more again afterwards.
   * A congested store, or a process that has just started, would otherwise work for callers that
   * have given up, and never catch up.
   *
   * @param step the name of the wait in traces
   * @param least how many calls may run at once at first, and however slow they are
   * @param most how many may run at once at the most
   * @param length how many may wait
   * @param slow a call that takes longer is one too many
   * @param nanoTime times calls, in nanoseconds from any origin
   */
  public static AdmissionQueue adaptive(
      String step, int least, int most, int length, Duration slow, LongSupplier nanoTime) {
    Limit limit =
        AIMDLimit.newBuilder()
            .initialLimit(Math.min(most, least))
            .minLimit(Math.min(most, least))
            .maxLimit(most)
            .timeout(slow.toNanos(), TimeUnit.NANOSECONDS)
            .build();
    return new AdmissionQueue(step, limit, length, slow, nanoTime);
  }

  /**
   * Returns a queue that always admits the same number of calls.
   *
   * @param step the name of the wait in traces
   * @param most how many may run at once
   * @param length how many may wait
   */
  public static AdmissionQueue fixed(String step, int most, int length) {
    return new AdmissionQueue(step, FixedLimit.of(most), length, Duration.ZERO, System::nanoTime);
  }

  /**
   * Runs a call once it has a place, which it keeps until it ends. A running call is not cancelled
   * with its caller, but bounded by the caller's time: an abandoned call would still be running at
   * the store.
   *
   * @param call starts the call, given the scope that bounds it
   * @return the call's own result; {@link CancellationException} if the caller is gone before the
   *     call has a place; {@link Overloaded} if it was shed. Cancelling it cancels a waiting call,
   *     but not a running one
   */
  public <T> CompletableFuture<T> admit(
      CallScope caller, Function<CallScope, CompletableFuture<T>> call) {
    if (caller.isOver()) {
      return Futures.failed(callerGone());
    }
    Call<T> arrived = new Call<>(caller, call);
    switch (admission(arrived)) {
      case RUN -> startOn(arrived);
      case WAIT -> arrived.leaveInTime();
      case SHED -> arrived.fail(overloaded());
    }
    return arrived.result;
  }

  private synchronized Admission admission(Call<?> call) {
    if (running < limit.getLimit()) {
      running++;
      return Admission.RUN;
    }
    if (waiting.size() >= length) {
      return Admission.SHED;
    }
    waiting.add(call);
    return Admission.WAIT;
  }

  /** Starts a call that has a place; if it has ended already, the next on the same place. */
  private void startOn(@Nullable Call<?> first) {
    // A loop and no recursion: hundreds of calls may wait, and all of them fail at once.
    Call<?> call = first;
    while (call != null && !call.keepsPlace()) {
      giveUpPlace();
      call = next();
    }
  }

  /** Takes the call that has waited longest out of the queue if there is room for one more. */
  private synchronized @Nullable Call<?> next() {
    if (waiting.isEmpty() || running >= limit.getLimit()) {
      return null;
    }
    running++;
    return waiting.removeFirst();
  }

  private synchronized void giveUpPlace() {
    running--;
  }

  /** Returns whether the call was still waiting: then nobody else completes it. */
  private synchronized boolean leave(Call<?> call) {
    return waiting.remove(call);
  }

  /** Returns the number of waiting calls. */
  public synchronized int waiting() {
    return waiting.size();
  }

  /** Returns the number of running calls. */
  public synchronized int running() {
    return running;
  }

  /** Returns the current limit of running calls. */
  public int limit() {
    return limit.getLimit();
  }

  private static boolean isOverload(Throwable failure) {
    return failure instanceof AccountException account
        && (account.error() instanceof StoreUnavailable
            || account.error() instanceof StoreThrottled);
  }

  /** Returns the number of calls that were shed so far. */
  public long shed() {
    return shed.sum();
  }

  private AccountException overloaded() {
    shed.increment();
    return new AccountException(new Overloaded(RETRY_AFTER));
  }

  private static CancellationException callerGone() {
    return new CancellationException("the caller is gone");
  }

  /** One call. */
  private final class Call<T> {

    private final CallScope caller;
    private final Function<CallScope, CompletableFuture<T>> call;
    private final CompletableFuture<T> result = new CompletableFuture<>();

    /** Completes when the call no longer waits. */
    private final CompletableFuture<@Nullable Void> wait = new CompletableFuture<>();

    Call(CallScope caller, Function<CallScope, CompletableFuture<T>> call) {
      this.caller = caller;
      this.call = call;
    }

    void fail(Throwable failure) {
      result.completeExceptionally(failure);
    }

    /**
     * Sheds the call when half of its caller's time is over: a call that starts with no time left
     * is wasted work, and so is the next one behind it.
     */
    void leaveInTime() {
      var unused =
          result.whenComplete((answer, failure) -> {
            leave(this);
            wait.complete(null);
          });
      var unusedStep = caller.step(step, own -> wait);
      var unusedWatch =
          caller
              .run(caller.remaining().dividedBy(2), time -> wait)
              .whenComplete((waited, over) -> {
                // It may have got its place in this very moment: a call that runs is not refused.
                if (over != null && leave(this)) {
                  fail(caller.isOver() ? callerGone() : overloaded());
                }
              });
    }

    /** Starts the call; returns whether it is running, and so will release its place itself. */
    boolean keepsPlace() {
      wait.complete(null);
      if (caller.isOver()) {
        fail(callerGone());
      }
      if (result.isDone()) {
        return false;
      }
      Duration given = caller.remaining();
      long began = nanoTime.getAsLong();
      CompletableFuture<T> started =
          Futures.started(() -> call.apply(CallScope.of(given, caller.trace())));
      if (started.isDone()) {
        var unused = started.whenComplete(this::complete);
        return false;
      }
      int inFlight = running();
      var unused =
          started.whenComplete((answer, failure) -> {
            learn(began, inFlight, given, failure);
            giveUpPlace();
            startOn(next());
            startOn(next()); // the limit may have grown
            complete(answer, failure);
          });
      return true;
    }

    private void learn(long began, int inFlight, Duration given, @Nullable Throwable failure) {
      boolean isOverload = failure != null && isOverload(Futures.cause(failure));
      if (!isOverload || given.compareTo(slow) >= 0) {
        limit.onSample(began, nanoTime.getAsLong() - began, inFlight, isOverload);
      }
    }

    private void complete(T answer, @Nullable Throwable failure) {
      if (failure == null) {
        result.complete(answer);
      } else {
        result.completeExceptionally(Futures.cause(failure));
      }
    }
  }
}
