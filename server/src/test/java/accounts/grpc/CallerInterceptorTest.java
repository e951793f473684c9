package accounts.grpc;

import static org.assertj.core.api.Assertions.assertThat;

import accounts.async.CapturedLog;
import accounts.async.RecordingTrace;
import accounts.v1.AccountServiceGrpc;
import accounts.v1.GetUserRequest;
import accounts.v1.GetUserResponse;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.ServerCall;
import io.grpc.Status;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

final class CallerInterceptorTest {

  @AutoClose private final CapturedLog log = CapturedLog.of(Failures.class);

  @Test
  void interceptCall_authenticationFailsByOurFault_logLineHasTheTraceId() {
    CallerInterceptor callers =
        new CallerInterceptor(
            (credentials, scope) ->
                CompletableFuture.failedFuture(new IllegalStateException("broken")),
            new Failures(),
            Duration.ofSeconds(20),
            () -> new RecordingTrace("the call"));
    Refused call = new Refused();
    callers.interceptCall(
        call,
        new Metadata(),
        (admitted, headers) -> {
          throw new IllegalStateException("a call that was not refused");
        });

    assertThat(call.statuses).extracting(Status::getCode).containsExactly(Status.Code.INTERNAL);
    assertThat(log.events())
        .singleElement()
        .satisfies(
            line -> assertThat(line.getMDCPropertyMap()).containsEntry("trace_id", "the call"));
  }

  /** A call that is closed before anything else happens. */
  private static final class Refused extends ServerCall<GetUserRequest, GetUserResponse> {

    private final List<Status> statuses = new ArrayList<>();

    @Override
    public void close(Status status, Metadata trailers) {
      statuses.add(status);
    }

    @Override
    public void request(int messages) {}

    @Override
    public void sendHeaders(Metadata headers) {}

    @Override
    public void sendMessage(GetUserResponse message) {}

    @Override
    public boolean isCancelled() {
      return false;
    }

    @Override
    public MethodDescriptor<GetUserRequest, GetUserResponse> getMethodDescriptor() {
      return AccountServiceGrpc.getGetUserMethod();
    }
  }
}
