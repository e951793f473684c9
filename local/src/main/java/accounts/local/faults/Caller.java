package accounts.local.faults;

import io.grpc.Grpc;
import io.grpc.Metadata;
import io.grpc.ServerCall;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import org.jspecify.annotations.Nullable;

/**
 * The caller of a call.
 *
 * @param door the client name of the port that received the call
 * @param apiKey the authorization that the SDK sends; the local provider sends none
 * @param address the remote address
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

  /** Returns whether {@code client} in a rule means this caller. */
  boolean is(String client) {
    return client.equals(door) || client.equals(apiKey) || client.equals(address);
  }
}
