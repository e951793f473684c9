package accounts.store;

import accounts.async.CallScope;
import accounts.async.Futures;
import accounts.domain.AccountError.Overloaded;
import accounts.domain.AccountException;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.SequencedSet;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Lets a number of calls run at once, and a number of others wait for a place, first come first
 * served. A call that waits leaves when its caller's time is over or its caller goes away. Calls
 * beyond both are shed at once.
 *
 * <p>A waiting call belongs to whoever takes it out of the queue: a place that starts it, or the
 * end of its caller's time. While calls wait, no place is free.
 */
final class AdmissionQueue {

  private static final Duration RETRY_AFTER = Duration.ofMillis(100);

  private final int places;
  private final int length;
  private final SequencedSet<Call<?>> waiting = new LinkedHashSet<>(); // guarded by this
  private int free; // guarded by this

  /** Where a call goes that has just arrived. */
  private enum Admission {
    RUN,
    WAIT,
    SHED
  }

  /**
   * @param places how many calls may run at once
   * @param length how many may wait
   */
  AdmissionQueue(int places, int length) {
    this.places = places;
    this.free = places;
    this.length = length;
  }

  /**
   * Runs a call as soon as it has a place, which it keeps until it ends. It ends in its caller's
   * time, whether the caller is still there or not: a call that was merely forgotten would still be
   * running.
   *
   * @param call starts the call, given the scope that bounds it
   * @return the call's own result; {@link CancellationException} if the caller's time ends before
   *     the call has a place; {@link Overloaded} if it cannot even wait for one. Whoever cancels it
   *     ends a call that waits, and not one that runs
   */
  <T> CompletableFuture<T> admit(CallScope caller, Function<CallScope, CompletableFuture<T>> call) {
    if (caller.isOver()) {
      return Futures.failed(callerGone());
    }
    Call<T> arrived = new Call<>(caller, call);
    switch (admission(arrived)) {
      case RUN -> startOn(arrived);
      case WAIT -> arrived.leaveWhenOver();
      case SHED -> arrived.fail(new AccountException(new Overloaded(RETRY_AFTER)));
    }
    return arrived.result;
  }

  private synchronized Admission admission(Call<?> call) {
    if (free > 0) {
      free--;
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
      call = next();
    }
  }

  /** Takes the call that has waited longest out of the queue; frees the place if there is none. */
  private synchronized @Nullable Call<?> next() {
    if (waiting.isEmpty()) {
      free++;
      return null;
    }
    return waiting.removeFirst();
  }

  private synchronized void leave(Call<?> call) {
    waiting.remove(call);
  }

  /** Returns how many calls wait. */
  synchronized int waiting() {
    return waiting.size();
  }

  /** Returns how many calls run. */
  synchronized int running() {
    return places - free;
  }

  private static CancellationException callerGone() {
    return new CancellationException("the caller is gone");
  }

  /** One call. */
  private final class Call<T> {

    private final CallScope caller;
    private final Function<CallScope, CompletableFuture<T>> call;
    private final CompletableFuture<T> result = new CompletableFuture<>();

    /** Complete when the call does not wait, or not any more. */
    private final CompletableFuture<@Nullable Void> wait = new CompletableFuture<>();

    Call(CallScope caller, Function<CallScope, CompletableFuture<T>> call) {
      this.caller = caller;
      this.call = call;
    }

    void fail(Throwable failure) {
      result.completeExceptionally(failure);
    }

    /** Has the call leave the queue if its caller's time ends first. */
    void leaveWhenOver() {
      var unused =
          result.whenComplete((answer, failure) -> {
            leave(this);
            wait.complete(null);
          });
      var unusedWatch =
          caller
              .run(caller.remaining(), time -> wait)
              .whenComplete((waited, over) -> {
                if (over != null) {
                  fail(callerGone());
                }
              });
    }

    /** Starts the call; returns whether it goes on, and will then hand its place on itself. */
    boolean keepsPlace() {
      wait.complete(null);
      if (caller.isOver()) {
        fail(callerGone());
      }
      if (result.isDone()) {
        return false;
      }
      CompletableFuture<T> running =
          Futures.started(() -> call.apply(CallScope.of(caller.remaining())));
      if (running.isDone()) {
        var unused = running.whenComplete(this::complete);
        return false;
      }
      var unused =
          running.whenComplete((answer, failure) -> {
            startOn(next());
            complete(answer, failure);
          });
      return true;
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
