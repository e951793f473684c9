package accounts.grpc;

import accounts.async.CallScope;
import accounts.async.Futures;
import accounts.async.InFlight;
import accounts.async.Trace;
import accounts.domain.AccountException;
import accounts.identity.Caller;
import accounts.overload.CallAdmission;
import io.grpc.StatusRuntimeException;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * Runs unary calls as futures, and answers each with its response or its status. Lets streams
 * begin.
 */
public final class Calls {

  private final CallAdmission admission;
  private final Refusals refusals;
  private final Failures failures;
  private final InFlight inFlight;

  /**
   * @param inFlight counts what is done for calls, which may go on when their callers are gone
   */
  public Calls(CallAdmission admission, Refusals refusals, Failures failures, InFlight inFlight) {
    this.admission = admission;
    this.refusals = refusals;
    this.failures = failures;
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
    new Unary<>(kind, parser, handler, (ServerCallStreamObserver<T>) observer).begin();
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
    Arrival arrival = Arrival.current();
    Trace trace = arrival.scope().trace();
    Admitted admitted = new Admitted();
    call.setOnCancelHandler(() -> {
      admitted.end();
      stream.cancelled();
    });
    call.setOnCloseHandler(admitted::end);
    call.setOnReadyHandler(stream::ready);
    var unused =
        arrival
            .caller()
            .whenComplete((caller, failure) -> {
              if (failure != null) {
                close(kind, call, null, failure, trace);
                return;
              }
              try {
                caller.require(kind.scope());
                String payer = arrival.payer(caller);
                if (isAdmitted(payer, kind, admitted, call, trace)) {
                  stream.begin(parser.parse(), payer, arrival.connection(), admitted::end);
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

  /** A call that is answered by one message. */
  private final class Unary<R, T> {

    private final CallKind kind;
    private final Parser<R> parser;
    private final Handler<R, T> handler;
    private final ServerCallStreamObserver<T> call;
    private final Arrival arrival = Arrival.current();
    private final Admitted admitted = new Admitted();

    Unary(
        CallKind kind, Parser<R> parser, Handler<R, T> handler, ServerCallStreamObserver<T> call) {
      this.kind = kind;
      this.parser = parser;
      this.handler = handler;
      this.call = call;
    }

    void begin() {
      call.setOnCancelHandler(this::cancelled);
      call.setOnCloseHandler(admitted::end);
      Futures.whenDone(arrival.caller(), this::identified);
    }

    private void cancelled() {
      arrival.scope().cancel();
      admitted.end();
    }

    private void identified(@Nullable Caller caller, @Nullable Throwable failure) {
      if (caller == null) {
        end(null, failure);
        return;
      }
      // No future for a refusal: under overload, the exceptions around its failure would cost more
      // than the refusal itself.
      try {
        caller.require(kind.scope());
        if (isAdmitted(arrival.payer(caller), kind, admitted, call, arrival.scope().trace())) {
          handle(parser.parse(), caller);
        }
      } catch (RuntimeException refused) {
        answered(null, refused);
      }
    }

    private void handle(R request, Caller caller) {
      CompletableFuture<T> work = handler.handle(request, caller, arrival.scope());
      inFlight.begin();
      Futures.whenDone(work, this::ended);
    }

    private void ended(@Nullable T response, @Nullable Throwable failure) {
      try {
        answered(response, failure);
      } finally {
        inFlight.end();
      }
    }

    private void answered(@Nullable T response, @Nullable Throwable failure) {
      admitted.answered();
      end(response, failure);
    }

    private void end(@Nullable T response, @Nullable Throwable failure) {
      close(kind, call, response, failure, arrival.scope().trace());
    }
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
