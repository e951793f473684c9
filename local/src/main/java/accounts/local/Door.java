package accounts.local;

import io.grpc.Server;
import io.grpc.ServerInterceptors;
import io.grpc.ServerServiceDefinition;
import io.grpc.netty.shaded.io.grpc.netty.NettyServerBuilder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * A port of a {@link LocalCache}. A cache may have several, one for each client under test: so
 * clients with the same SDK can be distinguished, and one client can be cut off while the others
 * stay connected.
 */
public final class Door implements AutoCloseable {

  private static final int MAXIMUM_MESSAGE_BYTES = 32 * 1024 * 1024;

  private final String client;
  private final String host;
  private final List<ServerServiceDefinition> services;
  private final CallCounts calls = new CallCounts();
  private int port;
  private @Nullable Server server;

  Door(String client, String host, int port, List<ServerServiceDefinition> services) {
    this.client = client;
    this.host = host;
    this.port = port;
    this.services =
        services.stream().map(service -> ServerInterceptors.intercept(service, calls)).toList();
  }

  /** Returns the name of this port's client in fault rules. */
  public String client() {
    return client;
  }

  /** Returns the address on which it listens. */
  public String host() {
    return host;
  }

  /** Returns the port, which stays the same when it is closed and opened. */
  public synchronized int port() {
    return port;
  }

  /** Returns {@code host:port}. */
  public String endpoint() {
    return host + ":" + port();
  }

  /**
   * Returns how many calls have been received here by method, such as {@code GetBatch}, including
   * those hit by a fault.
   */
  public Map<String, Long> calls() {
    return calls.byRpc();
  }

  /**
   * Returns the number of items in these calls by method: the number of keys for a {@code
   * GetBatch}, one for any other.
   */
  public Map<String, Long> items() {
    return calls.itemsByRpc();
  }

  /**
   * Opens the port; does nothing if it is open.
   *
   * @throws PortTakenException if the port is in use
   */
  public synchronized void open() {
    if (server == null) {
      server = listen();
      port = server.getPort();
    }
  }

  private Server listen() {
    try {
      return configured().build().start();
    } catch (IOException e) {
      throw PortTakenException.explains(e)
          ? new PortTakenException(port, e)
          : new UncheckedIOException(e);
    }
  }

  /**
   * Handlers never block, hence the direct executor; SDKs ping often, hence the permission. The
   * server's own pings detect subscribers that vanished without closing the connection.
   */
  private NettyServerBuilder configured() {
    return NettyServerBuilder.forAddress(new InetSocketAddress(host, port))
        .addServices(services)
        .directExecutor()
        .maxInboundMessageSize(MAXIMUM_MESSAGE_BYTES)
        .keepAliveTime(30, TimeUnit.SECONDS)
        .permitKeepAliveTime(100, TimeUnit.MILLISECONDS)
        .permitKeepAliveWithoutCalls(true);
  }

  /**
   * Closes the port and breaks its connections; calls in flight fail with UNAVAILABLE. Returns when
   * the port is free. Does nothing if it is closed. The contents of the cache stay.
   */
  @Override
  public synchronized void close() {
    if (server != null) {
      terminate(server);
      server = null;
    }
  }

  private static void terminate(Server server) {
    server.shutdownNow();
    try {
      server.awaitTermination(5, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
