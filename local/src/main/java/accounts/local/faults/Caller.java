package accounts.local.faults;

import io.grpc.Grpc;
import io.grpc.Metadata;
import io.grpc.ServerCall;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import org.jspecify.annotations.Nullable;

/**
 * Who calls.
 *
 * @param door the name of the port by which the call came
 * @param apiKey what the SDK sends as authorization; the local provider sends nothing
 * @param address the other end of the connection
 */
record Caller(String door, @Nullable String apiKey, String address) {

  private static final Metadata.Key<String> AUTHORIZATION =
      Metadata.Key.of("authorization", Metadata.ASCII_STRING_MARSHALLER);

  static Caller of(String door, ServerCall<?, ?> call, Metadata headers) {
    return new Caller(door, headers.get(AUTHORIZATION), address(call));
  }

  private static String address(ServerCall<?, ?> call) {
    SocketAddress address = call.getAttributes().get(Grpc.TRANSPORT_ATTR_REMOTE_ADDR);
    return address instanceof InetSocketAddress inet
        ? inet.getAddress().getHostAddress() + ":" + inet.getPort()
        : String.valueOf(address);
  }

  /** Says whether a rule that names {@code client} means this one. */
  boolean is(String client) {
    return client.equals(door) || client.equals(apiKey) || client.equals(address);
  }
}
