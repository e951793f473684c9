package sample;

import static org.junit.jupiter.api.Assertions.assertEquals;

import accounts.client.AccountsClient;
import accounts.v1.AccountServiceGrpc.AccountServiceImplBase;
import accounts.v1.GetMembershipRequest;
import accounts.v1.GetMembershipResponse;
import accounts.v1.Membership.Builder;
import accounts.v1.Role;
import io.grpc.InsecureServerCredentials;
import io.grpc.Server;
import io.grpc.netty.shaded.io.grpc.netty.NettyServerBuilder;
import io.grpc.stub.StreamObserver;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Tests code that uses the client against a service of its own, made of the contract's stubs. */
final class MembershipTest {

  private final Server server =
      NettyServerBuilder.forAddress(
              new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
              InsecureServerCredentials.create())
          .addService(new Owners())
          .build();

  @BeforeEach
  void start() throws Exception {
    server.start();
  }

  @AfterEach
  void stop() throws Exception {
    server.shutdownNow().awaitTermination();
  }

  @Test
  void role_ofAnOwner_isOwner() {
    try (AccountsClient accounts =
        AccountsClient.builder("127.0.0.1:" + server.getPort()).build()) {
      assertEquals("OWNER", Membership.role(accounts, "olivias-org", "olivia"));
    }
  }

  /** Says of everybody that they own the organization. */
  private static final class Owners extends AccountServiceImplBase {

    @Override
    public void getMembership(
        GetMembershipRequest request, StreamObserver<GetMembershipResponse> observer) {
      Builder membership =
          accounts.v1.Membership.newBuilder()
              .setOrganizationName(request.getOrganizationName())
              .setUsername(request.getUsername())
              .setRole(Role.ROLE_OWNER)
              .setRevision(1);
      observer.onNext(GetMembershipResponse.newBuilder().setMembership(membership).build());
      observer.onCompleted();
    }
  }
}
