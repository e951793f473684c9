package accounts.grpc;

import accounts.async.CallScope;
import accounts.async.InFlight;
import accounts.async.Trace;
import accounts.domain.AccountException;
import accounts.identity.Caller;
import accounts.overload.CallAdmission;
import io.grpc.Context;
import io.grpc.Deadline;
import io.grpc.StatusRuntimeException;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Runs unary calls as futures: gives each a scope with the caller's deadline, and answers it with
 * its response or its status. Lets streams begin.
 */
public final class Calls {

  private final CallAdmission admission;
  private final Refusals refusals;
  private final Failures failures;
  private final Duration longestCall;
  private final InFlight inFlight;
  private final Supplier<Trace> traces;

  /**
   * @param longestCall the deadline of calls that have none, or a later one
   * @param inFlight counts what is done for calls, which may go on when their callers are gone
   * @param traces returns the trace of the call that the current thread is handed
   */
  public Calls(
      CallAdmission admission,
      Refusals refusals,
      Failures failures,
      Duration longestCall,
      InFlight inFlight,
      Supplier<Trace> traces) {
    this.traces = traces;
    this.admission = admission;
    this.refusals = refusals;
    this.failures = failures;
    this.longestCall = longestCall;
    this.inFlight = inFlight;
  }

  /** Parses a request. */
  interface Parser<R> {

    /**
     * Returns the parsed request.
     *
     * @throws accounts.domain.AccountException if the request is malformed
     */
    R parse();
  }

  /** Handles a parsed request. */
  interface Handler<R, T> {

    /** Returns the response. */
    CompletableFuture<T> handle(R request, Caller caller, CallScope scope);
  }

  /**
   * Answers a call.
   *
   * @param kind says what is asked for before its request is looked at
   */
  <R, T> void answer(
      CallKind kind, Parser<R> parser, Handler<R, T> handler, StreamObserver<T> observer) {
    CallScope scope = CallScope.of(timeout(), traces.get());
    ServerCallStreamObserver<T> call = (ServerCallStreamObserver<T>) observer;
    Admitted admitted = new Admitted();
    call.setOnCancelHandler(() -> {
      scope.cancel();
      admitted.end();
    });
    call.setOnCloseHandler(admitted::end);
    Connection connection = CallerInterceptor.connection();
    var unused =
        CallerInterceptor.current()
            .whenComplete((caller, failure) -> {
              if (failure != null) {
                close(kind, call, null, failure, scope.trace());
                return;
              }
              // No future for a refusal: under overload, the exceptions around its failure would
              // cost more than the refusal itself.
              try {
                caller.require(kind.scope());
                String payer = CallerInterceptor.payer(caller, connection);
                if (!isAdmitted(payer, kind, admitted, call, scope.trace())) {
                  return;
                }
                handle(kind, handler, parser.parse(), caller, scope, call, admitted);
              } catch (RuntimeException refused) {
                admitted.answered();
                close(kind, call, null, refused, scope.trace());
              }
            });
  }

  /** A call that is answered by a stream. */
  interface Streaming<R> {

    /**
     * Begins the stream.
     *
     * @param payer whose share it takes
     * @param begun to be run when it has begun, or failed
     * @throws AccountException if it is refused
     */
    void begin(R request, String payer, Connection connection, Runnable begun);

    /** The caller takes more. */
    void ready();

    /** The caller is gone. */
    void cancelled();
  }

  /**
   * Answers a call by a stream, which takes a place among the calls in progress only until it has
   * begun.
   *
   * @param kind says what is asked for before its request is looked at
   */
  <R, T> void stream(
      CallKind kind, Parser<R> parser, Streaming<R> stream, ServerCallStreamObserver<T> call) {
    Trace trace = traces.get();
    Admitted admitted = new Admitted();
    call.setOnCancelHandler(() -> {
      admitted.end();
      stream.cancelled();
    });
    call.setOnCloseHandler(admitted::end);
    call.setOnReadyHandler(stream::ready);
    Connection connection = CallerInterceptor.connection();
    var unused =
        CallerInterceptor.current()
            .whenComplete((caller, failure) -> {
              if (failure != null) {
                close(kind, call, null, failure, trace);
                return;
              }
              try {
                caller.require(kind.scope());
                String payer = CallerInterceptor.payer(caller, connection);
                if (isAdmitted(payer, kind, admitted, call, trace)) {
                  stream.begin(parser.parse(), payer, connection, admitted::end);
                }
              } catch (RuntimeException refused) {
                admitted.answered();
                close(kind, call, null, refused, trace);
              }
            });
  }

  /** Returns the status of a stream that failed. */
  StatusRuntimeException status(Throwable failure) {
    return failures.status(failure, false, Trace.NONE);
  }

  private <T> boolean isAdmitted(
      String payer,
      CallKind kind,
      Admitted admitted,
      ServerCallStreamObserver<T> call,
      Trace trace) {
    try {
      admitted.begin(admission.admit(payer, kind.priority(), kind.units()));
      return true;
    } catch (AccountException overloaded) {
      refusals.refuse(payer, () -> close(kind, call, null, overloaded, trace));
      return false;
    }
  }

  private <R, T> void handle(
      CallKind kind,
      Handler<R, T> handler,
      R request,
      Caller caller,
      CallScope scope,
      ServerCallStreamObserver<T> call,
      Admitted admitted) {
    var unused =
        inFlight.track(
            handler
                .handle(request, caller, scope)
                .whenComplete((response, failure) -> {
                  admitted.answered();
                  close(kind, call, response, failure, scope.trace());
                }));
  }

  private <T> void close(
      CallKind kind,
      ServerCallStreamObserver<T> call,
      @Nullable T response,
      @Nullable Throwable failure,
      Trace trace) {
    if (call.isCancelled()) {
      return;
    }
    if (failure != null) {
      StatusRuntimeException status = failures.status(failure, kind.isChange(), trace);
      call.onError(status);
    } else if (response != null) {
      failures.succeeded();
      call.onNext(response);
      call.onCompleted();
    }
  }

  private Duration timeout() {
    Deadline deadline = Context.current().getDeadline();
    if (deadline == null) {
      return longestCall;
    }
    Duration remaining =
        Duration.ofNanos(Math.max(0, deadline.timeRemaining(TimeUnit.NANOSECONDS)));
    return remaining.compareTo(longestCall) < 0 ? remaining : longestCall;
  }

  /** The place of a call, which may end before it was admitted. */
  private static final class Admitted {

    private CallAdmission.@Nullable Place place; // guarded by this
    private boolean ended; // guarded by this

    synchronized void begin(CallAdmission.Place given) {
      place = given;
      if (ended) {
        given.end();
      }
    }

    synchronized void answered() {
      if (place != null) {
        place.answered();
      }
    }

    synchronized void end() {
      ended = true;
      if (place != null) {
        place.end();
      }
    }
  }
}
