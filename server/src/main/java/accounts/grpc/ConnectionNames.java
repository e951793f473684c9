package accounts.grpc;

import io.grpc.Attributes;
import io.grpc.Grpc;
import io.grpc.ServerTransportFilter;

/**
 * Names each connection once, by the address and port at its other end: to put the name together
 * again for each call would cost as much as looking up its answer.
 */
final class ConnectionNames extends ServerTransportFilter {

  private static final Attributes.Key<String> NAME = Attributes.Key.create("connection");

  @Override
  public Attributes transportReady(Attributes attributes) {
    return attributes.toBuilder().set(NAME, address(attributes)).build();
  }

  private static String address(Attributes attributes) {
    return String.valueOf(attributes.get(Grpc.TRANSPORT_ATTR_REMOTE_ADDR));
  }

  /** Returns the name of a call's connection. */
  static String of(Attributes attributes) {
    String name = attributes.get(NAME);
    return name == null ? address(attributes) : name;
  }
}
