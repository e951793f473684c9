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
 * Resets every call, watches excepted, that is still there after a while, whether its message has
 * not arrived or its response is not read: gRPC by itself keeps both for ever if the caller sets no
 * deadline. It does so when the call's context, which gRPC takes from here, is cancelled for a
 * timeout.
 */
final class StreamDeadlines extends ServerStreamTracer.Factory {

  /** These last; a connection's age bounds them. */
  private static final Set<String> STREAMS =
      Set.of(
          HealthGrpc.getWatchMethod().getFullMethodName(),
          AccountServiceGrpc.getWatchMethod().getFullMethodName());

  private final Duration longest;

  StreamDeadlines(Duration longest) {
    this.longest = longest;
  }

  @Override
  public ServerStreamTracer newServerStreamTracer(String fullMethodName, Metadata headers) {
    return STREAMS.contains(fullMethodName) ? new ServerStreamTracer() {} : new Ending();
  }

  private final class Ending extends ServerStreamTracer {

    private volatile @Nullable Timeout timeout;

    @Override
    public Context filterContext(Context context) {
      CancellableContext bounded = context.withCancellation();
      timeout =
          Timeouts.after(
              longest.toNanos(),
              () -> bounded.cancel(new TimeoutException("not over after " + longest)));
      return bounded;
    }

    @Override
    public void streamClosed(Status status) {
      Timeout set = timeout;
      if (set != null) {
        set.cancel();
      }
    }
  }
}
