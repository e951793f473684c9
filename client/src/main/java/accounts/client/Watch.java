package accounts.client;

import accounts.v1.AccountServiceGrpc;
import accounts.v1.WatchRequest;
import accounts.v1.WatchResponse;
import io.grpc.CallOptions;
import io.grpc.Channel;
import io.grpc.ClientCall;
import io.grpc.Status;
import io.grpc.stub.ClientCalls;
import io.grpc.stub.StreamObserver;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A watch that was opened by {@link AccountsClient}. It goes on, from where it was, after the end
 * of a stream, a connection or an instance, until it is closed or refused. May be used from any
 * thread.
 */
public final class Watch implements AutoCloseable {

  private final Channel channel;
  private final WatchRequest request;
  private final WatchListener listener;
  private final Consumer<Watch> onEnd;
  private final Revisions revisions = new Revisions();
  private final Backoff backoff = new Backoff();
  private volatile String token;
  private volatile boolean closed;
  private @Nullable ClientCall<WatchRequest, WatchResponse> call; // guarded by this

  /**
   * @param onEnd run when the watch has ended
   */
  Watch(Channel channel, WatchRequest request, WatchListener listener, Consumer<Watch> onEnd) {
    this.channel = channel;
    this.request = request;
    this.listener = listener;
    this.onEnd = onEnd;
    this.token = request.getToken();
  }

  /**
   * Returns from where a watch goes on after what the listener has dealt with; empty before the
   * first update of a watch from now on.
   */
  public String token() {
    return token;
  }

  /** Ends the watch; the listener receives nothing more, but for what it is receiving now. */
  @Override
  public void close() {
    closed = true;
    onEnd.accept(this);
    ClientCall<WatchRequest, WatchResponse> last = call();
    if (last != null) {
      last.cancel("the watch is closed", null);
    }
  }

  private synchronized @Nullable ClientCall<WatchRequest, WatchResponse> call() {
    return call;
  }

  private synchronized void begun(ClientCall<WatchRequest, WatchResponse> next) {
    call = next;
  }

  void open() {
    ClientCall<WatchRequest, WatchResponse> next =
        channel.newCall(AccountServiceGrpc.getWatchMethod(), CallOptions.DEFAULT);
    begun(next);
    ClientCalls.asyncServerStreamingCall(
        next, request.toBuilder().setToken(token).build(), new Stream(next));
    if (closed) {
      next.cancel("the watch is closed", null);
    }
  }

  /** One of the streams that the watch is made of. */
  private final class Stream implements StreamObserver<WatchResponse> {

    private final ClientCall<WatchRequest, WatchResponse> own;

    Stream(ClientCall<WatchRequest, WatchResponse> own) {
      this.own = own;
    }

    @Override
    public void onNext(WatchResponse response) {
      if (closed) {
        return;
      }
      List<Change> changes =
          WatchProtos.changes(response).stream().filter(revisions::isNew).toList();
      WatchUpdate update = new WatchUpdate(changes, response.getToken(), response.getStalled());
      if (tell(() -> listener.received(update))) { // else what it has not seen would count as seen
        token = response.getToken();
        backoff.reset();
      }
    }

    private boolean tell(Runnable call) {
      try {
        call.run();
        return true;
      } catch (RuntimeException | Error e) {
        own.cancel("the listener failed", e);
        end(Status.CANCELLED.withDescription("the listener failed").withCause(e).asException());
        return false;
      }
    }

    /** Opens the next stream after a pause, which is longer each time nothing has come. */
    private void later() {
      if (tell(listener::interrupted)) {
        backoff.later(Watch.this::openUnlessClosed);
      }
    }

    @Override
    public void onError(Throwable failure) {
      if (closed) {
        return;
      }
      if (Backoff.isRefusal(Status.fromThrowable(failure).getCode())) {
        end(failure);
      } else {
        later();
      }
    }

    /** Its connection was old enough. */
    @Override
    public void onCompleted() {
      if (!closed) {
        later();
      }
    }
  }

  private void end(Throwable failure) {
    if (!closed) {
      closed = true;
      onEnd.accept(this);
      listener.ended(Errors.decode(failure, Optional.empty()));
    }
  }

  private void openUnlessClosed() {
    if (!closed) {
      open();
    }
  }
}
