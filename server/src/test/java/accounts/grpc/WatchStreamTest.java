package accounts.grpc;

import static org.assertj.core.api.Assertions.assertThat;

import accounts.v1.AccountServiceGrpc;
import accounts.v1.WatchResponse;
import accounts.watch.WatchEnd;
import io.grpc.Context;
import io.grpc.Metadata;
import io.grpc.ServerStreamTracer;
import io.grpc.Status;
import io.grpc.stub.ServerCallStreamObserver;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What becomes of the call of a watch that has ended, if its caller reads nothing. */
@Timeout(20)
final class WatchStreamTest {

  private final StreamDeadlines deadlines = new StreamDeadlines(Duration.ofMillis(500));
  private final ServerStreamTracer tracer =
      deadlines.newServerStreamTracer(
          AccountServiceGrpc.getWatchMethod().getFullMethodName(), new Metadata());
  private final Context context = tracer.filterContext(Context.ROOT);
  private final CompletableFuture<Throwable> reset = cancellation(context);

  private static CompletableFuture<Throwable> cancellation(Context context) {
    CompletableFuture<Throwable> cause = new CompletableFuture<>();
    context.addListener(cancelled -> cause.complete(cancelled.cancellationCause()), Runnable::run);
    return cause;
  }

  private WatchStream stream() throws Exception {
    StreamDeadlines.requested(context);
    return context.call(() ->
        new WatchStream(
            new UnreadCall(),
            new WatchOffer(Optional.empty(), new CompletableFuture<>()),
            Duration.ofHours(1),
            failure -> Status.UNKNOWN.asRuntimeException()));
  }

  /** Returns once the time of a call that began now is over. */
  private void awaitTheLongestCall() throws Exception {
    Context other =
        deadlines
            .newServerStreamTracer(
                AccountServiceGrpc.getGetUserMethod().getFullMethodName(), new Metadata())
            .filterContext(Context.ROOT);
    cancellation(other).get(10, TimeUnit.SECONDS);
  }

  @ParameterizedTest
  @EnumSource(names = {"OVER", "EXPIRED"})
  void end_nobodyReads_isResetAfterAWhile(WatchEnd end) throws Exception {
    WatchStream stream = stream();
    awaitTheLongestCall();
    assertThat(reset).isNotDone();

    stream.end(end, Optional.empty());

    assertThat(reset.get(10, TimeUnit.SECONDS)).isInstanceOf(TimeoutException.class);
  }

  @Test
  void call_requestThatNeverComes_isReset() throws Exception {
    assertThat(reset.get(10, TimeUnit.SECONDS)).isInstanceOf(TimeoutException.class);
  }

  @Test
  void end_callIsClosedInTime_isNotReset() throws Exception {
    stream().end(WatchEnd.OVER, Optional.empty());
    tracer.streamClosed(Status.OK);
    awaitTheLongestCall();

    assertThat(reset).isNotDone();
  }

  @Test
  void end_callWasClosedBefore_isNotReset() throws Exception {
    tracer.streamClosed(Status.CANCELLED);
    stream().end(WatchEnd.OVER, Optional.empty());
    awaitTheLongestCall();

    assertThat(reset).isNotDone();
  }

  /** A call whose caller reads nothing. */
  private static final class UnreadCall extends ServerCallStreamObserver<WatchResponse> {

    @Override
    public boolean isCancelled() {
      return false;
    }

    @Override
    public boolean isReady() {
      return false;
    }

    @Override
    public void onNext(WatchResponse response) {}

    @Override
    public void onError(Throwable failure) {}

    @Override
    public void onCompleted() {}

    @Override
    public void setOnCancelHandler(Runnable handler) {}

    @Override
    public void setCompression(String compression) {}

    @Override
    public void setOnReadyHandler(Runnable handler) {}

    @Override
    public void disableAutoInboundFlowControl() {}

    @Override
    public void request(int count) {}

    @Override
    public void setMessageCompression(boolean enable) {}
  }
}
