package accounts.client.fake;

import com.google.protobuf.Message;
import io.grpc.Context;
import io.grpc.ForwardingServerCall.SimpleForwardingServerCall;
import io.grpc.ForwardingServerCallListener.SimpleForwardingServerCallListener;
import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;

/**
 * Controls the outcome of the next calls, in order, and records every call. By default calls pass.
 */
public final class Script implements ServerInterceptor {

  private static final Metadata.Key<String> USER_AGENT =
      Metadata.Key.of("user-agent", Metadata.ASCII_STRING_MARSHALLER);

  /** A received call; each retry is one. */
  public record Seen(String method, Message request, Duration timeLeft, String userAgent) {}

  private interface Step {
    <Q, R> ServerCall.Listener<Q> play(
        ServerCall<Q, R> call, Metadata headers, ServerCallHandler<Q, R> next);
  }

  private final Queue<Step> steps = new ConcurrentLinkedQueue<>();
  private final List<Seen> seen = new CopyOnWriteArrayList<>();
  private final CompletableFuture<Void> hanging = new CompletableFuture<>();
  private final CompletableFuture<Void> cancelled = new CompletableFuture<>();

  /** Returns all calls so far. */
  public List<Seen> seen() {
    return List.copyOf(seen);
  }

  /** Completes when a hanging call was received. */
  public CompletableFuture<Void> hanging() {
    return hanging;
  }

  /** Completes when a hanging call was cancelled. */
  public CompletableFuture<Void> cancelled() {
    return cancelled;
  }

  /** Makes the next call fail without effect. */
  public void fail(StatusRuntimeException failure) {
    steps.add(new Fail(failure));
  }

  /** Loses the answer of the next call after it was done. */
  public void loseAnswer() {
    steps.add(new LoseAnswer());
  }

  /** Leaves the next call without an answer. */
  public void hang() {
    steps.add(new Hang());
  }

  @Override
  public <Q, R> ServerCall.Listener<Q> interceptCall(
      ServerCall<Q, R> call, Metadata headers, ServerCallHandler<Q, R> next) {
    Step step = steps.poll();
    ServerCall.Listener<Q> listener =
        step == null ? next.startCall(call, headers) : step.play(call, headers, next);
    Duration timeLeft = timeLeft();
    return new SimpleForwardingServerCallListener<>(listener) {
      @Override
      public void onMessage(Q message) {
        seen.add(
            new Seen(
                String.valueOf(call.getMethodDescriptor().getBareMethodName()),
                (Message) message,
                timeLeft,
                String.valueOf(headers.get(USER_AGENT))));
        super.onMessage(message);
      }
    };
  }

  private static Duration timeLeft() {
    var deadline = Context.current().getDeadline();
    return deadline == null
        ? Duration.ofDays(1)
        : Duration.ofNanos(deadline.timeRemaining(TimeUnit.NANOSECONDS));
  }

  private record Fail(StatusRuntimeException failure) implements Step {
    @Override
    public <Q, R> ServerCall.Listener<Q> play(
        ServerCall<Q, R> call, Metadata headers, ServerCallHandler<Q, R> next) {
      call.request(1);
      return new ServerCall.Listener<>() {
        @Override
        public void onHalfClose() {
          Metadata trailers = failure.getTrailers();
          call.close(failure.getStatus(), trailers == null ? new Metadata() : trailers);
        }
      };
    }
  }

  private record LoseAnswer() implements Step {
    @Override
    public <Q, R> ServerCall.Listener<Q> play(
        ServerCall<Q, R> call, Metadata headers, ServerCallHandler<Q, R> next) {
      return next.startCall(
          new SimpleForwardingServerCall<>(call) {
            @Override
            public void sendHeaders(Metadata answerHeaders) {}

            @Override
            public void sendMessage(R message) {}

            @Override
            public void close(Status status, Metadata trailers) {
              super.close(Status.UNAVAILABLE.withDescription("answer lost"), new Metadata());
            }
          },
          headers);
    }
  }

  private final class Hang implements Step {
    @Override
    public <Q, R> ServerCall.Listener<Q> play(
        ServerCall<Q, R> call, Metadata headers, ServerCallHandler<Q, R> next) {
      call.request(1);
      return new ServerCall.Listener<>() {
        @Override
        public void onHalfClose() {
          hanging.complete(null);
        }

        @Override
        public void onCancel() {
          cancelled.complete(null);
        }
      };
    }
  }
}
