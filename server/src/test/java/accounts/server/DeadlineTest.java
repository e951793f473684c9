package accounts.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import accounts.local.faults.Fault;
import accounts.local.faults.Rule;
import accounts.v1.AccountServiceGrpc;
import accounts.v1.Consistency;
import accounts.v1.CreateUserRequest;
import accounts.v1.GetUserRequest;
import accounts.v1.GetUserResponse;
import com.google.common.util.concurrent.ListenableFuture;
import io.grpc.Status;
import io.grpc.health.v1.HealthCheckRequest;
import io.grpc.health.v1.HealthCheckResponse;
import io.grpc.health.v1.HealthCheckResponse.ServingStatus;
import io.grpc.health.v1.HealthGrpc;
import io.grpc.stub.ClientCallStreamObserver;
import io.grpc.stub.ClientResponseObserver;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A store that accepts and does not answer. */
@Timeout(60)
final class DeadlineTest {

  @AutoClose private final TestBackends backends = new TestBackends();
  @AutoClose private final StoreGate gate = new StoreGate(backends);

  private TestService start(Map<String, String> changes) {
    Map<String, String> environment = backends.environment(changes);
    environment.put("AWS_ENDPOINT_URL_DYNAMODB", gate.endpoint());
    return TestService.start(environment);
  }

  /** The server's own timeouts are so long that only the caller's deadline can end the call. */
  private TestService patient() {
    return start(Map.of("ACCOUNTS_STORE_TIMEOUT", "1m", "ACCOUNTS_CALL_TIMEOUT", "5m"));
  }

  @Test
  void call_storeHangs_endsAtTheCallersDeadline() {
    try (TestService service = patient()) {
      long began = System.nanoTime();
      Throwable failure =
          catchThrowable(() ->
              service
                  .stub()
                  .withDeadlineAfter(500, TimeUnit.MILLISECONDS)
                  .getUser(request("somebody")));

      assertThat(Status.fromThrowable(failure).getCode()).isEqualTo(Status.Code.DEADLINE_EXCEEDED);
      assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(Duration.ofSeconds(20));
    }
  }

  /** Its own read, that is: one that others may share goes on. */
  @Test
  void call_callersDeadlineOver_hangsUpOnTheStore() {
    GetUserRequest past =
        request("somebody").toBuilder().setConsistency(Consistency.CONSISTENCY_STORE).build();
    try (TestService service = patient()) {
      Throwable failure =
          catchThrowable(
              () -> service.stub().withDeadlineAfter(500, TimeUnit.MILLISECONDS).getUser(past));
      assertThat(failure).isNotNull();

      gate.awaitHangUp();
    }
  }

  @Test
  void mutation_cancelledBeforeItsCommit_commitsNothing() {
    try (TestService service = patient();
        TestService other = backends.start()) {
      var call =
          AccountServiceGrpc.newFutureStub(service.channel())
              .createUser(
                  CreateUserRequest.newBuilder()
                      .setUsername("somebody")
                      .setFirstName("A")
                      .setLastName("B")
                      .build());
      gate.awaitRequest();

      assertThat(call.cancel(true)).isTrue();
      awaitCancellation(service);
      gate.open();
      // Sent after the commit would have been.
      assertThat(Refused.by(() -> service.getUser("nobody")).reason()).isEqualTo("USER_NOT_FOUND");

      assertThat(Refused.by(() -> other.getUser("somebody")).reason()).isEqualTo("USER_NOT_FOUND");
    }
  }

  /** What a client sends on one connection, the server handles in that order. */
  private static void awaitCancellation(TestService service) {
    assertThat(
            HealthGrpc.newBlockingStub(service.channel())
                .check(HealthCheckRequest.getDefaultInstance())
                .getStatus())
        .isEqualTo(ServingStatus.SERVING);
  }

  @Test
  void call_storeHangsAndCallerIsPatient_isUnavailable() {
    try (TestService service = start(Map.of("ACCOUNTS_STORE_TIMEOUT", "300ms"))) {
      Refused refused = Refused.by(() -> service.getUser("somebody"));

      assertThat(refused.code()).isEqualTo(Status.Code.UNAVAILABLE);
      assertThat(refused.reason()).isEqualTo("STORE_UNAVAILABLE");
      assertThat(refused.detail(com.google.rpc.RetryInfo.class).hasRetryDelay()).isTrue();
    }
  }

  @Test
  void mutation_storeHangs_saysThatItsOutcomeIsUnknown() {
    try (TestService service = start(Map.of("ACCOUNTS_STORE_TIMEOUT", "300ms"))) {
      Refused refused = Refused.by(service::newUser);

      assertThat(refused.reason()).isEqualTo("STORE_UNAVAILABLE");
      assertThat(refused.message()).contains("request_id");
    }
  }

  @Test
  void call_noDeadlineOfItsOwn_endsAtTheServers() {
    try (TestService service =
        start(Map.of("ACCOUNTS_STORE_TIMEOUT", "1m", "ACCOUNTS_CALL_TIMEOUT", "300ms"))) {
      assertThat(Refused.by(() -> service.getUser("somebody")).reason())
          .isEqualTo("STORE_UNAVAILABLE");
    }
  }

  @Test
  void call_timeUsedUpByTheCache_isRefusedWithAReason() {
    assertThat(backends.cache().faults().add(Rule.of(Fault.DROP))).isPositive();
    try (TestService service = backends.start(Map.of("ACCOUNTS_CALL_TIMEOUT", "300ms"))) {
      assertThat(Refused.by(() -> service.getUser("somebody")).reason())
          .isEqualTo("STORE_UNAVAILABLE");
    }
  }

  @Test
  void stop_callUnderWay_letsItFinish() throws Exception {
    try (TestService service = patient()) {
      ListenableFuture<GetUserResponse> call = reading(service);
      gate.awaitRequest();
      NotServing watch = new NotServing();
      HealthGrpc.newStub(service.channel()).watch(HealthCheckRequest.getDefaultInstance(), watch);
      watch.began.join();

      CompletableFuture<Void> stopped = CompletableFuture.runAsync(() -> stop(service));
      watch.received.orTimeout(20, TimeUnit.SECONDS).join();
      gate.open();

      assertThat(Refused.by(() -> throwCause(call)).reason()).isEqualTo("USER_NOT_FOUND");
      stopped.join();
    }
  }

  private static void stop(TestService service) {
    try {
      service.stop();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  private static void throwCause(ListenableFuture<?> call) throws Throwable {
    try {
      call.get();
    } catch (java.util.concurrent.ExecutionException e) {
      throw e.getCause() == null ? e : e.getCause();
    }
  }

  /** Watches until calls are not welcome any more, and goes away then. */
  private static final class NotServing
      implements ClientResponseObserver<HealthCheckRequest, HealthCheckResponse> {

    final CompletableFuture<Void> began = new CompletableFuture<>();
    final CompletableFuture<Void> received = new CompletableFuture<>();
    private final CompletableFuture<ClientCallStreamObserver<HealthCheckRequest>> call =
        new CompletableFuture<>();

    @Override
    public void beforeStart(ClientCallStreamObserver<HealthCheckRequest> observer) {
      call.complete(observer);
    }

    @Override
    public void onNext(HealthCheckResponse response) {
      began.complete(null);
      if (response.getStatus() == ServingStatus.NOT_SERVING) {
        received.complete(null);
        call.join().cancel("seen enough", null);
      }
    }

    @Override
    public void onError(Throwable failure) {
      received.completeExceptionally(failure);
    }

    @Override
    public void onCompleted() {
      received.completeExceptionally(new AssertionError("the watch ended"));
    }
  }

  private static ListenableFuture<GetUserResponse> reading(TestService service) {
    return AccountServiceGrpc.newFutureStub(service.channel()).getUser(request("somebody"));
  }

  private static GetUserRequest request(String username) {
    return GetUserRequest.newBuilder().setUsername(username).build();
  }
}
