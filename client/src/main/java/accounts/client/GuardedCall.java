package accounts.client;

import accounts.client.AccountsException.FieldViolation;
import io.grpc.Context;
import io.grpc.ForwardingServerCall.SimpleForwardingServerCall;
import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.Status;
import io.grpc.SynchronizationContext;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A call that waits for a check of access. Its events are kept until its handler may start, and are
 * then delivered in their order, one at a time, in the call's context.
 */
final class GuardedCall<Q, S> extends ServerCall.Listener<Q> {

  private final Guarded<Q, S> call;
  private final Metadata headers;
  private final ServerCallHandler<Q, S> next;
  private final Executor executor;
  private final Function<Q, CompletableFuture<ReadResult<AccessDecision>>> check;
  private final Context context = Context.current();

  /** Runs one event at a time, on whichever thread brings it; guards the fields below. */
  private final SynchronizationContext events;

  private final Queue<Consumer<ServerCall.Listener<Q>>> waiting = new ArrayDeque<>();
  private boolean hasRequest;
  private ServerCall.@Nullable Listener<Q> handler;

  /**
   * @param executor starts the handler
   * @param check of a request; may throw, which ends the call
   */
  GuardedCall(
      ServerCall<Q, S> call,
      Metadata headers,
      ServerCallHandler<Q, S> next,
      Executor executor,
      Function<Q, CompletableFuture<ReadResult<AccessDecision>>> check) {
    this.call = new Guarded<>(call);
    this.headers = headers;
    this.next = next;
    this.executor = executor;
    this.check = check;
    this.events = new SynchronizationContext(this::failed);
  }

  /** Ends the call as gRPC does when a handler throws; and as there, the thread's owner is told. */
  private void failed(Thread thread, Throwable failure) {
    call.end(Status.UNKNOWN.withDescription("Application error processing RPC").withCause(failure));
    thread.getUncaughtExceptionHandler().uncaughtException(thread, failure);
  }

  @Override
  public void onMessage(Q message) {
    deliver(listener -> listener.onMessage(message));
    events.execute(() -> {
      if (!hasRequest) {
        hasRequest = true;
        context.run(() -> check(message));
      }
    });
  }

  @Override
  public void onHalfClose() {
    deliver(ServerCall.Listener::onHalfClose);
    events.execute(() -> {
      if (!hasRequest) {
        call.end(Status.INTERNAL.withDescription("half-closed without a request"));
      }
    });
  }

  @Override
  public void onCancel() {
    deliver(ServerCall.Listener::onCancel);
  }

  @Override
  public void onComplete() {
    deliver(ServerCall.Listener::onComplete);
  }

  @Override
  public void onReady() {
    deliver(ServerCall.Listener::onReady);
  }

  /** Delivers an event; one that comes before the handler has started waits for it. */
  private void deliver(Consumer<ServerCall.Listener<Q>> event) {
    events.execute(() -> {
      ServerCall.Listener<Q> started = handler;
      if (started == null) {
        waiting.add(event);
      } else {
        context.run(() -> event.accept(started));
      }
    });
  }

  private void check(Q message) {
    var unused =
        check
            .apply(message)
            .whenComplete((answer, failure) -> {
              if (failure != null) {
                call.end(unchecked(failure));
              } else if (answer.value().allowed()) {
                start();
              } else {
                call.end(
                    Status.PERMISSION_DENIED.withDescription("the user's role does not allow it"));
              }
            });
  }

  /** In an organization that cannot exist nobody may do anything. */
  private static Status unchecked(Throwable failure) {
    return failure instanceof AccountsException.InvalidArgument malformed
        ? Status.PERMISSION_DENIED.withDescription(malformed(malformed)).withCause(failure)
        : Status.UNAVAILABLE.withDescription("access could not be checked").withCause(failure);
  }

  private static String malformed(AccountsException.InvalidArgument failure) {
    List<String> fields = failure.violations().stream().map(FieldViolation::field).toList();
    return fields.equals(List.of("organization_name"))
        ? "no such organization"
        : "access could not be checked: malformed " + String.join(", ", fields);
  }

  private void start() {
    try {
      executor.execute(() -> events.execute(this::startNow));
    } catch (RejectedExecutionException stopping) {
      call.end(Status.UNAVAILABLE.withDescription("the server stops").withCause(stopping));
    }
  }

  private void startNow() {
    ServerCall.Listener<Q> started = startCall();
    handler = started;
    while (!waiting.isEmpty()) {
      Consumer<ServerCall.Listener<Q>> event = waiting.remove();
      context.run(() -> event.accept(started));
    }
  }

  private ServerCall.Listener<Q> startCall() {
    Context previous = context.attach();
    try {
      return next.startCall(call, headers);
    } finally {
      context.detach(previous);
    }
  }

  /** The call as its handler sees it: with its request still to come, and closed once. */
  private static final class Guarded<Q, S> extends SimpleForwardingServerCall<Q, S> {

    private final AtomicBoolean requested = new AtomicBoolean();
    private final AtomicBoolean closed = new AtomicBoolean();

    Guarded(ServerCall<Q, S> delegate) {
      super(delegate);
      delegate.request(1);
    }

    /** The first message was requested for the check. */
    @Override
    public void request(int messages) {
      int left = requested.getAndSet(true) ? messages : messages - 1;
      if (left > 0) {
        super.request(left);
      }
    }

    /** Does nothing if the call is closed, as it is when its handler has thrown. */
    @Override
    public void close(Status status, Metadata trailers) {
      if (!closed.getAndSet(true)) {
        super.close(status, trailers);
      }
    }

    /** Closes the call unless it is closed. */
    void end(Status status) {
      close(status, new Metadata());
    }
  }
}
