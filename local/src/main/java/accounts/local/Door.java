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
 * A port of a {@link LocalCache}. A cache may have several, one for each client under test: what
 * comes in by different doors can be told apart whatever SDK sends it, and one client's connection
 * can be cut while the others keep theirs.
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

  /** Returns the name by which faults know those who come in here. */
  public String client() {
    return client;
  }

  /** Returns the address it listens on. */
  public String host() {
    return host;
  }

  /** Returns the port it listens on, and will again once it is opened again. */
  public synchronized int port() {
    return port;
  }

  /** Returns {@code host:port}. */
  public String endpoint() {
    return host + ":" + port();
  }

  /**
   * Returns how many calls of each method came in here so far, such as {@code GetBatch}; those that
   * a fault meets count, too.
   */
  public Map<String, Long> calls() {
    return calls.byRpc();
  }

  /**
   * Returns how many items the calls of each method were about so far: as many as it names for a
   * {@code GetBatch}, one for any other.
   */
  public Map<String, Long> items() {
    return calls.itemsByRpc();
  }

  /**
   * Listens; does nothing if it does.
   *
   * @throws PortTakenException if somebody else listens there
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
   * Handlers never block, hence the direct executor; the SDKs ping often, hence the permission. The
   * pings of this side find subscribers whose machine is gone without a word.
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
   * Stops listening and breaks the connections; calls under way fail with UNAVAILABLE. Returns when
   * the port is free. Does nothing if it is closed. What the cache holds is not touched.
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
