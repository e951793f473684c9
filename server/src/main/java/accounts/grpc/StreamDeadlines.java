package accounts.grpc;

import io.grpc.Context;
import io.grpc.Context.CancellableContext;
import io.grpc.Metadata;
import io.grpc.ServerStreamTracer;
import io.grpc.Status;
import io.grpc.health.v1.HealthGrpc;
import java.time.Duration;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Resets every call that is still there after a while, whether its message has not arrived or its
 * response is not read: gRPC by itself keeps both for ever if the caller sets no deadline. It does
 * so by the deadline of the call's context, which gRPC takes from here.
 */
final class StreamDeadlines extends ServerStreamTracer.Factory {

  private static final String WATCH = HealthGrpc.getWatchMethod().getFullMethodName();

  private final Duration longest;
  private final ScheduledExecutorService timer;

  StreamDeadlines(Duration longest, ScheduledExecutorService timer) {
    this.longest = longest;
    this.timer = timer;
  }

  @Override
  public ServerStreamTracer newServerStreamTracer(String fullMethodName, Metadata headers) {
    return fullMethodName.equals(WATCH) ? new ServerStreamTracer() {} : new Ending();
  }

  private final class Ending extends ServerStreamTracer {

    private volatile @Nullable CancellableContext ending;

    @Override
    public Context filterContext(Context context) {
      CancellableContext bounded =
          context.withDeadlineAfter(longest.toNanos(), TimeUnit.NANOSECONDS, timer);
      ending = bounded;
      return bounded;
    }

    @Override
    public void streamClosed(Status status) {
      CancellableContext bounded = ending;
      if (bounded != null) {
        bounded.cancel(null);
      }
    }
  }
}
