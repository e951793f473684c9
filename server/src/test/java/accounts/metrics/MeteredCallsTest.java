package accounts.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import accounts.v1.AccountServiceGrpc;
import accounts.v1.AccountServiceGrpc.AccountServiceImplBase;
import accounts.v1.CreateUserRequest;
import accounts.v1.GetUserRequest;
import accounts.v1.GetUserResponse;
import com.google.common.util.concurrent.ListenableFuture;
import io.grpc.CallOptions;
import io.grpc.ManagedChannel;
import io.grpc.Server;
import io.grpc.Status;
import io.grpc.inprocess.InProcessChannelBuilder;
import io.grpc.inprocess.InProcessServerBuilder;
import io.grpc.stub.ClientCalls;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;
import io.prometheus.metrics.model.snapshots.CounterSnapshot;
import io.prometheus.metrics.model.snapshots.HistogramSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** How the end of a call is counted. */
final class MeteredCallsTest {

  private static final String NAME = "metered-calls";
  private static final String CREATE = AccountServiceGrpc.getCreateUserMethod().getFullMethodName();
  private static final String METHOD = AccountServiceGrpc.getGetUserMethod().getFullMethodName();

  private final Metrics metrics = new Metrics();
  private final CountDownLatch arrived = new CountDownLatch(1);
  private final CountDownLatch gone = new CountDownLatch(1);
  private Server server;
  private ManagedChannel channel;

  /** Answers, refuses or says nothing, as the username has it. */
  private final class Service extends AccountServiceImplBase {

    @Override
    public void getUser(GetUserRequest request, StreamObserver<GetUserResponse> responses) {
      ((ServerCallStreamObserver<?>) responses).setOnCancelHandler(gone::countDown);
      switch (request.getUsername()) {
        case "answered" -> {
          responses.onNext(GetUserResponse.getDefaultInstance());
          responses.onCompleted();
        }
        case "refused" -> responses.onError(Status.NOT_FOUND.asRuntimeException());
        default -> {}
      }
      arrived.countDown();
    }
  }

  @BeforeEach
  void start() throws IOException {
    var builder = InProcessServerBuilder.forName(NAME).addService(new Service());
    metrics.observe(builder, false);
    server = builder.build().start();
    channel = InProcessChannelBuilder.forName(NAME).build();
  }

  @AfterEach
  void stop() {
    channel.shutdownNow();
    server.shutdownNow();
  }

  @Test
  void call_answered_isCountedByItsStatus() throws Exception {
    get("answered").get();

    assertThat(ended(METHOD, "OK")).isEqualTo(1);
    assertThat(started(METHOD)).isEqualTo(1);
  }

  @Test
  void call_refused_isCountedByItsStatus() {
    assertThat(get("refused")).failsWithin(Duration.ofSeconds(20));

    assertThat(ended(METHOD, "NOT_FOUND")).isEqualTo(1);
    assertThat(ended(METHOD, "OK")).isZero();
  }

  @Test
  void call_callerGone_isCancelled() throws Exception {
    ListenableFuture<GetUserResponse> call = get("silent");
    arrived.await();
    assertThat(ended(METHOD, "CANCELLED")).isZero();
    call.cancel(true);
    gone.await();

    assertThat(ended(METHOD, "CANCELLED")).isEqualTo(1);
    assertThat(started(METHOD)).isEqualTo(1);
  }

  // gRFC A66: a caller that invents methods must not make series.
  @Test
  void call_ofAnUnknownMethod_isCountedAsOther() {
    var user =
        AccountServiceGrpc.newFutureStub(channel)
            .createUser(CreateUserRequest.newBuilder().build());
    var invented =
        ClientCalls.futureUnaryCall(
            channel.newCall(
                AccountServiceGrpc.getGetUserMethod().toBuilder()
                    .setFullMethodName("accounts.v1.AccountService/Invented")
                    .build(),
                CallOptions.DEFAULT),
            request("anyone"));

    assertThat(user).failsWithin(Duration.ofSeconds(20));
    assertThat(invented).failsWithin(Duration.ofSeconds(20));
    assertThat(ended(CREATE, "UNIMPLEMENTED")).isEqualTo(1);
    assertThat(ended("other", "UNIMPLEMENTED")).isEqualTo(1);
    assertThat(started("other")).isZero();
  }

  private static GetUserRequest request(String username) {
    return GetUserRequest.newBuilder().setUsername(username).build();
  }

  private ListenableFuture<GetUserResponse> get(String username) {
    return AccountServiceGrpc.newFutureStub(channel).getUser(request(username));
  }

  private double started(String method) {
    return metrics.registry().scrape("grpc_server_call_started"::equals).stream()
        .flatMap(counter -> ((CounterSnapshot) counter).getDataPoints().stream())
        .filter(point -> point.getLabels().equals(Labels.of("grpc_method", method)))
        .mapToDouble(CounterSnapshot.CounterDataPointSnapshot::getValue)
        .sum();
  }

  private long ended(String method, String code) {
    Labels labels = Labels.of("grpc_method", method, "grpc_status", code);
    return metrics.registry().scrape("grpc_server_call_duration_seconds"::equals).stream()
        .flatMap(histogram -> ((HistogramSnapshot) histogram).getDataPoints().stream())
        .filter(point -> point.getLabels().equals(labels))
        .mapToLong(HistogramSnapshot.HistogramDataPointSnapshot::getCount)
        .sum();
  }
}
