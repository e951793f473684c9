package accounts.server;

import static org.assertj.core.api.Assertions.assertThat;

import accounts.local.Door;
import accounts.v1.AccountServiceGrpc;
import accounts.v1.Consistency;
import accounts.v1.GetUserRequest;
import accounts.v1.GetUserResponse;
import accounts.v1.UpdateUserRequest;
import accounts.v1.User;
import com.google.common.util.concurrent.ListenableFuture;
import io.grpc.ManagedChannel;
import io.grpc.health.v1.HealthCheckRequest;
import io.grpc.health.v1.HealthCheckResponse;
import io.grpc.health.v1.HealthCheckResponse.ServingStatus;
import io.grpc.health.v1.HealthGrpc;
import java.util.Iterator;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A server that is stopped while it has callers. */
@Timeout(180)
final class StopTest {

  @AutoClose private final TestBackends backends = new TestBackends();

  @Test
  void stop_drain_saysSoAndTakesCallsMeanwhile() {
    TestService service = backends.start(Map.of("ACCOUNTS_DRAIN", "5s"));
    String user = service.newUser();
    Iterator<HealthCheckResponse> statuses = watch(service);
    assertThat(statuses.next().getStatus()).isEqualTo(ServingStatus.SERVING);

    CompletableFuture<Void> stopped = CompletableFuture.runAsync(() -> stop(service));

    assertThat(statuses.next().getStatus()).isEqualTo(ServingStatus.NOT_SERVING);
    ManagedChannel late = TestService.channelTo(service.port());
    assertThat(
            AccountServiceGrpc.newBlockingStub(late).getUser(request(user)).getUser().getUsername())
        .isEqualTo(user);
    late.shutdownNow();
    service.channel().shutdownNow();
    stopped.join();
  }

  @Test
  void stop_callInFlight_isAnswered() throws Exception {
    TestService service;
    ListenableFuture<GetUserResponse> answer;
    CompletableFuture<Void> stopped;
    try (TestService other = backends.start();
        StoreGate gate = new StoreGate(backends)) {
      String user = other.newUser();
      service =
          TestService.start(
              backends.environment(
                  Map.of(
                      "AWS_ENDPOINT_URL_DYNAMODB", gate.endpoint(), "ACCOUNTS_STOP_GRACE", "1m")));
      Iterator<HealthCheckResponse> statuses = watch(service);
      statuses.next();
      answer =
          AccountServiceGrpc.newFutureStub(service.channel())
              .getUser(
                  request(user).toBuilder().setConsistency(Consistency.CONSISTENCY_STORE).build());
      gate.awaitRequest();

      stopped = CompletableFuture.runAsync(() -> stop(service));
      assertThat(statuses.next().getStatus()).isEqualTo(ServingStatus.NOT_SERVING);
      gate.open();

      assertThat(answer.get(60, TimeUnit.SECONDS).getUser().getUsername()).isEqualTo(user);
      service.channel().shutdownNow();
      stopped.join();
    }
  }

  // What it has committed must not wait for the repair, which would take it for a crash.
  @Test
  void stop_callerOfAChangeGone_settlesItFirst() {
    Door door = backends.cache().openDoor("cut off");
    try (TestService other = backends.start()) {
      TestService service = backends.start(Map.of("MOMENTO_LOCAL_ENDPOINT", door.endpoint()));
      String user = service.newUser();
      assertThat(other.getUser(user).getUser().getRevision()).isEqualTo(1);
      door.close();
      var unused =
          AccountServiceGrpc.newFutureStub(service.channel())
              .updateUser(
                  UpdateUserRequest.newBuilder()
                      .setUser(User.newBuilder().setUsername(user).setFirstName("Other"))
                      .build());
      var committed = Eventually.get(() -> stored(other, user), revision -> revision == 2);
      assertThat(committed).isEqualTo(2);
      service.channel().shutdownNow();

      stop(service);

      assertThat(other.getUser(user).getUser().getRevision()).isEqualTo(2);
    }
  }

  private static long stored(TestService service, String user) {
    return service
        .stub()
        .getUser(request(user).toBuilder().setConsistency(Consistency.CONSISTENCY_STORE).build())
        .getUser()
        .getRevision();
  }

  private static GetUserRequest request(String user) {
    return GetUserRequest.newBuilder().setUsername(user).build();
  }

  private static Iterator<HealthCheckResponse> watch(TestService service) {
    return HealthGrpc.newBlockingStub(service.channel())
        .withDeadlineAfter(2, TimeUnit.MINUTES)
        .watch(HealthCheckRequest.newBuilder().setService(AccountServiceGrpc.SERVICE_NAME).build());
  }

  private static void stop(TestService service) {
    try {
      service.stop();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
