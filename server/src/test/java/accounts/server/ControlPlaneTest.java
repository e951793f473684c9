package accounts.server;

import static org.assertj.core.api.Assertions.assertThat;

import accounts.v1.AccountServiceGrpc;
import accounts.v1.AccountServiceGrpc.AccountServiceBlockingStub;
import accounts.v1.GetUserRequest;
import accounts.v1.Source;
import accounts.v1.UpdateUserRequest;
import accounts.v1.User;
import io.grpc.ManagedChannel;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** An instance that starts while tables cannot be described, and joins a fleet that runs. */
@Timeout(180)
final class ControlPlaneTest {

  @AutoClose private final TestBackends backends = new TestBackends();
  @AutoClose private final ControlPlane controlPlane = new ControlPlane(backends);
  @AutoClose private final TestService other = backends.start();

  @Test
  void start_tableNotDescribed_servesWithoutTheCacheUntilItIs() {
    String user = other.newUser();
    var environment = backends.environment();
    environment.put("AWS_ENDPOINT_URL_DYNAMODB", controlPlane.endpoint());
    try (ServerProcess process = ServerProcess.start(environment)) {
      ManagedChannel channel = TestService.channelTo(process.awaitReady());
      AccountServiceBlockingStub stub = AccountServiceGrpc.newBlockingStub(channel);
      assertThat(process.output()).anyMatch(line -> line.contains("table not described"));
      assertThat(other.getUser(user).getUser().getRevision()).isEqualTo(1);

      assertThat(source(stub, user)).isEqualTo(Source.SOURCE_STORE);
      assertThat(renamed(stub, user)).isEqualTo(2);
      assertThat(other.getUser(user).getUser().getRevision()).isEqualTo(2);

      controlPlane.permit();
      assertThat(Eventually.get(() -> source(stub, user), Source.SOURCE_CACHE::equals))
          .isEqualTo(Source.SOURCE_CACHE);
      channel.shutdownNow();
    }
  }

  private static Source source(AccountServiceBlockingStub stub, String user) {
    return stub.getUser(GetUserRequest.newBuilder().setUsername(user).build()).getSource();
  }

  private static long renamed(AccountServiceBlockingStub stub, String user) {
    return stub.updateUser(
            UpdateUserRequest.newBuilder()
                .setUser(User.newBuilder().setUsername(user).setFirstName("Other"))
                .build())
        .getUser()
        .getRevision();
  }
}
