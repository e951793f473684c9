package accounts.server;

import static org.assertj.core.api.Assertions.assertThat;

import accounts.v1.AccountServiceGrpc;
import accounts.v1.BatchGetUsersRequest;
import accounts.v1.WatchRequest;
import io.grpc.CallCredentials;
import io.grpc.CallOptions;
import io.grpc.ClientCall;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.Status;
import io.grpc.health.v1.HealthCheckRequest;
import io.grpc.health.v1.HealthCheckResponse;
import io.grpc.health.v1.HealthGrpc;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Calls whose callers neither finish their requests nor read responses, and cancel nothing. */
final class StreamDeadlinesTest {

  private static final int LESS_THAN_A_RESPONSE = 1024;

  @AutoClose private static final TestBackends backends = new TestBackends();

  @AutoClose
  private static final TestService service =
      backends.start(Map.of("ACCOUNTS_CALL_TIMEOUT", "3s", "ACCOUNTS_REPAIR", "true"));

  private final ManagedChannel channel =
      NettyChannelBuilder.forAddress("127.0.0.1", service.port())
          .usePlaintext()
          .flowControlWindow(LESS_THAN_A_RESPONSE)
          .build();

  @AfterEach
  void disconnect() {
    channel.shutdownNow();
  }

  @Test
  void call_messageThatNeverEnds_isReset() throws Exception {
    ClientCall<byte[], byte[]> call = call("GetUser");
    CompletableFuture<Status> end = start(call);
    call.request(1);

    assertThat(end.get(20, TimeUnit.SECONDS).getCode()).isEqualTo(Status.Code.CANCELLED);
  }

  /** Watches and the like last once their request is there, and it is not until its end is. */
  @Test
  void watch_requestThatNeverEnds_isReset() throws Exception {
    ClientCall<byte[], byte[]> call = call("Watch");
    CompletableFuture<Status> end = start(call);
    call.request(1);
    call.sendMessage(new byte[0]);

    assertThat(end.get(20, TimeUnit.SECONDS).getCode()).isEqualTo(Status.Code.CANCELLED);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "3S", "9999999H"})
  void call_responseThatNobodyReads_isResetAndGivesItsPlaceBack(String timeout) {
    BatchGetUsersRequest request =
        BatchGetUsersRequest.newBuilder()
            .addAllUsernames(
                IntStream.range(0, 100).mapToObj(i -> "a-user-of-some-length-" + i).toList())
            .build();
    ClientCall<byte[], byte[]> call =
        call("BatchGetUsers", CallOptions.DEFAULT.withCallCredentials(new SaidTimeout(timeout)));
    var unusedResponse = service.stub().batchGetUsers(request); // so that the next takes no seconds
    long before = service.endedWith(Status.Code.DEADLINE_EXCEEDED);
    var unused = start(call);
    call.sendMessage(request.toByteArray());
    call.halfClose();

    assertThat(Eventually.get(service::unreadUnits, units -> units > 0)).isEqualTo(11);
    assertThat(Eventually.get(service::unreadUnits, units -> units == 0)).isZero();
    assertThat(
            Eventually.get(
                () -> service.endedWith(Status.Code.DEADLINE_EXCEEDED), count -> count > before))
        .isPositive();
  }

  @Test
  void watch_longerThanACall_goesOn() throws Exception {
    var statuses =
        HealthGrpc.newBlockingStub(channel).watch(HealthCheckRequest.getDefaultInstance());
    assertThat(statuses.next().getStatus()).isEqualTo(HealthCheckResponse.ServingStatus.SERVING);
    CompletableFuture<Boolean> ended = CompletableFuture.supplyAsync(statuses::hasNext);
    ClientCall<byte[], byte[]> ours = call("Watch");
    CompletableFuture<Status> oursEnded = start(ours);
    ours.sendMessage(WatchRequest.newBuilder().setUsername("olivia").build().toByteArray());
    ours.halfClose();
    CompletableFuture<Status> later = start(call("GetUser"));
    later.get(20, TimeUnit.SECONDS);

    assertThat(ended).isNotDone();
    assertThat(oursEnded).isNotDone();
  }

  private ClientCall<byte[], byte[]> call(String method) {
    return call(method, CallOptions.DEFAULT);
  }

  private ClientCall<byte[], byte[]> call(String method, CallOptions options) {
    return channel.newCall(RawBytes.method(AccountServiceGrpc.SERVICE_NAME, method), options);
  }

  /**
   * Says how long the caller waits, if at all, without the client's own reset at that time.
   * Credentials are what a client lets add such a header.
   */
  private static final class SaidTimeout extends CallCredentials {

    private final String timeout;

    SaidTimeout(String timeout) {
      this.timeout = timeout;
    }

    @Override
    public void applyRequestMetadata(
        RequestInfo request, Executor executor, MetadataApplier applier) {
      Metadata headers = new Metadata();
      if (!timeout.isEmpty()) {
        headers.put(Metadata.Key.of("grpc-timeout", Metadata.ASCII_STRING_MARSHALLER), timeout);
      }
      applier.apply(headers);
    }
  }

  private static CompletableFuture<Status> start(ClientCall<byte[], byte[]> call) {
    CompletableFuture<Status> end = new CompletableFuture<>();
    call.start(
        new ClientCall.Listener<>() {
          @Override
          public void onClose(Status status, Metadata trailers) {
            end.complete(status);
          }
        },
        new Metadata());
    return end;
  }
}
