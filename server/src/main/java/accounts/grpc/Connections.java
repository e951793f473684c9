package accounts.grpc;

import io.grpc.Attributes;
import io.grpc.Grpc;
import io.grpc.ServerTransportFilter;

/**
 * Describes each connection once: to put its name together again for each call would cost as much
 * as looking up the call's answer.
 */
final class Connections extends ServerTransportFilter {

  private static final Attributes.Key<Connection> CONNECTION = Attributes.Key.create("connection");

  @Override
  public Attributes transportReady(Attributes attributes) {
    return attributes.toBuilder().set(CONNECTION, opened(attributes)).build();
  }

  private static Connection opened(Attributes attributes) {
    return new Connection(
        String.valueOf(attributes.get(Grpc.TRANSPORT_ATTR_REMOTE_ADDR)), System.nanoTime());
  }

  /** Returns a call's connection. */
  static Connection of(Attributes attributes) {
    Connection connection = attributes.get(CONNECTION);
    return connection == null ? opened(attributes) : connection;
  }
}
