package accounts.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import accounts.v1.AccountServiceGrpc;
import accounts.v1.AccountServiceGrpc.AccountServiceImplBase;
import accounts.v1.GetUserRequest;
import accounts.v1.GetUserResponse;
import com.google.common.util.concurrent.ListenableFuture;
import io.grpc.ManagedChannel;
import io.grpc.Server;
import io.grpc.Status;
import io.grpc.inprocess.InProcessChannelBuilder;
import io.grpc.inprocess.InProcessServerBuilder;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;
import io.prometheus.metrics.model.snapshots.CounterSnapshot;
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
    metrics.observe(builder);
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

    assertThat(ended("OK")).isEqualTo(1);
    assertThat(brokenOff()).isZero();
  }

  @Test
  void call_refused_isCountedByItsStatusAndDidNotBreakOff() {
    assertThat(get("refused")).failsWithin(Duration.ofSeconds(20));

    assertThat(ended("NOT_FOUND")).isEqualTo(1);
    assertThat(brokenOff()).isZero();
  }

  @Test
  void call_callerGone_isCancelledAndBrokeOff() throws Exception {
    ListenableFuture<GetUserResponse> call = get("silent");
    arrived.await();
    call.cancel(true);
    gone.await();

    assertThat(brokenOff()).isEqualTo(1);
    assertThat(ended("CANCELLED")).isEqualTo(1);
  }

  private static GetUserRequest request(String username) {
    return GetUserRequest.newBuilder().setUsername(username).build();
  }

  private ListenableFuture<GetUserResponse> get(String username) {
    return AccountServiceGrpc.newFutureStub(channel).getUser(request(username));
  }

  private double ended(String code) {
    return counted("accounts_grpc_calls", Labels.of("method", METHOD, "code", code));
  }

  private double brokenOff() {
    return counted("accounts_grpc_streams_broken_off", Labels.EMPTY);
  }

  private double counted(String name, Labels labels) {
    return metrics.registry().scrape(name::equals).stream()
        .map(CounterSnapshot.class::cast)
        .flatMap(counter -> counter.getDataPoints().stream())
        .filter(point -> point.getLabels().equals(labels))
        .mapToDouble(CounterSnapshot.CounterDataPointSnapshot::getValue)
        .sum();
  }
}
