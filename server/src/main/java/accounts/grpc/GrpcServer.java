package accounts.grpc;

import io.grpc.BindableService;
import io.grpc.Server;
import io.grpc.ServerBuilder;
import io.grpc.ServerInterceptor;
import io.grpc.netty.shaded.io.grpc.netty.NettyServerBuilder;
import io.grpc.protobuf.services.ProtoReflectionService;
import io.grpc.protobuf.services.ProtoReflectionServiceV1;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** The gRPC server: the account service, health and reflection on one port. */
public final class GrpcServer {

  private static final int MAX_MESSAGE_BYTES = 1024 * 1024;
  private static final int MAX_METADATA_BYTES = 16 * 1024;
  private static final Duration KEEPALIVE_AT_MOST_EVERY = Duration.ofSeconds(10);

  private final Server server;
  private final Health health;

  private GrpcServer(Server server, Health health) {
    this.server = server;
    this.health = health;
  }

  /**
   * Creates a server for an address.
   *
   * @param port 0 for a free one
   * @param observer intercepts every call, to count and time it
   */
  public static GrpcServer create(
      String host, int port, BindableService service, ServerInterceptor observer) {
    return create(
        NettyServerBuilder.forAddress(new InetSocketAddress(host, port))
            .intercept(observer)
            .maxInboundMetadataSize(MAX_METADATA_BYTES)
            .permitKeepAliveTime(KEEPALIVE_AT_MOST_EVERY.toSeconds(), TimeUnit.SECONDS),
        service);
  }

  /** Creates a server from a builder that determines the address; for tests. */
  @SuppressWarnings("deprecation") // many tools still use reflection v1alpha
  public static GrpcServer create(ServerBuilder<?> builder, BindableService service) {
    Health health = new Health();
    Server server =
        builder
            .maxInboundMessageSize(MAX_MESSAGE_BYTES)
            .decompressorRegistry(LateGzip.registry())
            // Handlers never block: a hop to another thread would only cost.
            .directExecutor()
            .addService(MalformedMessages.refusedBy(service.bindService()))
            .addService(health.service())
            .addService(ProtoReflectionServiceV1.newInstance())
            .addService(ProtoReflectionService.newInstance())
            .build();
    return new GrpcServer(server, health);
  }

  /**
   * Starts listening and reports it to health checks.
   *
   * @throws IOException if the address cannot be listened on
   */
  public void start() throws IOException {
    server.start();
    health.serving();
  }

  /** Returns whether the server takes calls, as health checks report. */
  public boolean isServing() {
    return health.isServing();
  }

  /** Returns the port that the server listens on. */
  public int port() {
    return server.getPort();
  }

  /**
   * Stops the server: reports it to health checks first, refuses new calls, lets calls in flight
   * finish for at most {@code grace}, then cancels them.
   */
  public void stop(Duration grace) throws InterruptedException {
    health.notServing();
    server.shutdown();
    if (!server.awaitTermination(grace.toMillis(), TimeUnit.MILLISECONDS)) {
      server.shutdownNow();
      server.awaitTermination(1, TimeUnit.SECONDS);
    }
  }

  /** Waits until the server has stopped. */
  public void awaitTermination() throws InterruptedException {
    server.awaitTermination();
  }
}
