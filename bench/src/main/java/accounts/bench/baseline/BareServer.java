package accounts.bench.baseline;

import accounts.v1.User;
import accounts.v1.UserState;
import com.google.protobuf.Timestamp;
import io.grpc.BindableService;
import io.grpc.ServerBuilder;
import io.grpc.netty.shaded.io.grpc.netty.NettyServerBuilder;
import io.grpc.stub.StreamObserver;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.function.Consumer;

/** What the baselines have in common: the transport and executor of the service, and its users. */
final class BareServer {

  private static final Timestamp TIME =
      Timestamp.newBuilder().setSeconds(1_800_000_000).setNanos(123_000_000).build();

  private static final String UID = "5f0c6c2e-5c7d-8f6a-9b7e-3d1f0a2b4c6d";

  private BareServer() {}

  /** Serves on the port of the environment until the process ends. */
  static void serve(BindableService service) throws IOException, InterruptedException {
    serve(service, builder -> {});
  }

  /**
   * As {@link #serve(BindableService)}.
   *
   * @param observers add what counts and times calls
   */
  static void serve(BindableService service, Consumer<ServerBuilder<?>> observers)
      throws IOException, InterruptedException {
    InetAddress loopback = InetAddress.getLoopbackAddress();
    int port = Integer.parseInt(required("ACCOUNTS_GRPC_PORT"));
    NettyServerBuilder builder =
        NettyServerBuilder.forAddress(new InetSocketAddress(loopback, port))
            .directExecutor()
            .addService(service);
    observers.accept(builder);
    builder.build().start().awaitTermination();
  }

  static String required(String variable) {
    String value = System.getenv(variable);
    if (value == null) {
      throw new IllegalArgumentException(
          variable + ": not set (expected: the same value as for the service)");
    }
    return value;
  }

  /** Returns a user with all the fields that the service answers with. */
  static User user(String username, String firstName, String lastName) {
    return User.newBuilder()
        .setUsername(username)
        .setFirstName(firstName)
        .setLastName(lastName)
        .setRevision(1)
        .setCreateTime(TIME)
        .setUpdateTime(TIME)
        .setState(UserState.USER_STATE_ACTIVE)
        .setUid(UID)
        .build();
  }

  static <T> void answer(StreamObserver<T> responses, T response) {
    responses.onNext(response);
    responses.onCompleted();
  }
}
