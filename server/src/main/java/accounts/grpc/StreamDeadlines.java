package accounts.grpc;

import accounts.async.Timeouts;
import accounts.v1.AccountServiceGrpc;
import io.grpc.Context;
import io.grpc.Context.CancellableContext;
import io.grpc.Metadata;
import io.grpc.ServerStreamTracer;
import io.grpc.Status;
import io.grpc.health.v1.HealthGrpc;
import io.netty.util.Timeout;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * Resets every call that is still there after a while, whether its message has not arrived or its
 * response is not read. gRPC does that by itself at the caller's deadline, and keeps both for ever
 * if there is none; so nothing is added to a call whose deadline is soon enough. It resets a call
 * when the call's context, which it takes from here, is cancelled for a timeout. The time of a
 * watch begins when it is ended.
 */
final class StreamDeadlines extends ServerStreamTracer.Factory {

  /** These last once their request is there; a connection's age bounds them. */
  private static final Set<String> LASTING =
      Set.of(
          HealthGrpc.getWatchMethod().getFullMethodName(),
          AccountServiceGrpc.getWatchMethod().getFullMethodName());

  private static final Context.Key<Ending> ENDING = Context.key("accounts-stream-ending");

  private static final ServerStreamTracer NOTHING = new ServerStreamTracer() {};

  private final Duration longest;

  StreamDeadlines(Duration longest) {
    this.longest = longest;
  }

  /**
   * Begins the time of a call that lasts, since nothing is sent to it any more.
   *
   * @param call the call's context
   */
  static void ended(Context call) {
    Ending ending = ENDING.get(call);
    if (ending != null) {
      ending.begin();
    }
  }

  /**
   * Ends the time of a call that lasts, since its request is there.
   *
   * @param call the call's context
   */
  static void requested(Context call) {
    Ending ending = ENDING.get(call);
    if (ending != null) {
      ending.forget();
    }
  }

  @Override
  public ServerStreamTracer newServerStreamTracer(String fullMethodName, Metadata headers) {
    return TimeoutHeader.isAtMost(longest, headers)
        ? NOTHING
        : new Ending(LASTING.contains(fullMethodName));
  }

  private final class Ending extends ServerStreamTracer {

    private final boolean lasts;
    private volatile @Nullable CancellableContext bounded;
    private volatile @Nullable Timeout timeout;
    private volatile boolean closed;

    Ending(boolean lasts) {
      this.lasts = lasts;
    }

    @Override
    public Context filterContext(Context context) {
      CancellableContext own =
          (lasts ? context.withValue(ENDING, this) : context).withCancellation();
      bounded = own;
      begin();
      return own;
    }

    /** The request of a call that lasts was there: from now on it has time. */
    @Override
    public void outboundMessage(int number) {
      if (lasts && number == 0) {
        forget();
      }
    }

    void begin() {
      CancellableContext own = bounded;
      if (own != null) {
        timeout =
            Timeouts.after(
                longest.toNanos(),
                () -> own.cancel(new TimeoutException("not over after " + longest)));
      }
      if (closed) {
        forget();
      }
    }

    @Override
    public void streamClosed(Status status) {
      closed = true;
      forget();
    }

    private void forget() {
      Timeout set = timeout;
      if (set != null) {
        set.cancel();
      }
    }
  }
}
