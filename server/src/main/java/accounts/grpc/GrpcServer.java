package accounts.grpc;

import accounts.async.Trace;
import accounts.identity.Authenticator;
import accounts.overload.CallAdmission;
import io.grpc.BindableService;
import io.grpc.InsecureServerCredentials;
import io.grpc.Server;
import io.grpc.ServerBuilder;
import io.grpc.ServerCredentials;
import io.grpc.ServerInterceptors;
import io.grpc.ServerServiceDefinition;
import io.grpc.netty.shaded.io.grpc.netty.NettyServerBuilder;
import io.grpc.protobuf.services.ProtoReflectionService;
import io.grpc.protobuf.services.ProtoReflectionServiceV1;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** The gRPC server: the account service, health and reflection on one port. */
public final class GrpcServer {

  private final Server server;
  private final Health health;

  private GrpcServer(Server server, Health health) {
    this.server = server;
    this.health = health;
  }

  /**
   * How the server listens.
   *
   * @param port 0 for a free one
   * @param tls empty for plaintext
   * @param reflection whether the contract can be asked for
   * @param longestCall the longest time until a call is answered
   * @param connectionAge how long a connection lasts, give or take a tenth
   */
  public record Listening(
      String host,
      int port,
      Optional<ServerTls> tls,
      boolean reflection,
      Duration longestCall,
      Duration connectionAge) {}

  /**
   * Creates a server.
   *
   * @param loops stop with it
   * @param authenticator asked about each call of the service; health and reflection are open
   * @param observers add what counts, times and traces calls
   * @param traces returns the trace of the call that the current thread is handed
   * @param timer reads changed certificates again
   * @throws IOException if a certificate or key cannot be read
   * @throws GeneralSecurityException if it is malformed
   */
  public static GrpcServer create(
      Listening listening,
      EventLoops loops,
      BindableService service,
      Authenticator authenticator,
      CallAdmission admission,
      Refusals refusals,
      Consumer<ServerBuilder<?>> observers,
      Supplier<Trace> traces,
      ScheduledExecutorService timer)
      throws IOException, GeneralSecurityException {
    ServerCredentials credentials =
        listening.tls().isPresent()
            ? listening.tls().get().credentials(timer)
            : InsecureServerCredentials.create();
    NettyServerBuilder builder =
        NettyServerBuilder.forAddress(
            new InetSocketAddress(listening.host(), listening.port()), credentials);
    observers.accept(builder);
    builder
        .bossEventLoopGroup(loops.group())
        .workerEventLoopGroup(loops.group())
        .channelType(loops.serverChannel());
    TransportLimits.apply(builder, listening.longestCall(), listening.connectionAge());
    if (listening.reflection()) {
      reflect(builder);
    }
    CallerInterceptor callers =
        new CallerInterceptor(authenticator, new Failures(), listening.longestCall(), traces);
    Health health = new Health();
    Server server =
        builder
            .decompressorRegistry(LateGzip.registry())
            // Handlers never block: a hop to another thread would only cost.
            .directExecutor()
            .addTransportFilter(new Connections())
            .addService(guarded(service, admission, refusals, callers))
            .addService(health.service())
            .build();
    return new GrpcServer(server, health);
  }

  /** Returns the service behind what decides who and what gets to it. */
  static ServerServiceDefinition guarded(
      BindableService service,
      CallAdmission admission,
      Refusals refusals,
      CallerInterceptor callers) {
    ServerServiceDefinition tolerant = MalformedMessages.refusedBy(service.bindService());
    return ServerInterceptors.intercept(
        new EarlyRefusal(admission, refusals).before(tolerant), callers);
  }

  @SuppressWarnings("deprecation") // many tools still use reflection v1alpha
  private static void reflect(NettyServerBuilder builder) {
    builder
        .addService(ProtoReflectionServiceV1.newInstance())
        .addService(ProtoReflectionService.newInstance());
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

  /** Reports to health checks that calls should go to other instances; calls are still taken. */
  public void leave() {
    health.notServing();
  }

  /**
   * Takes no new calls, which callers learn before they send one (GOAWAY), and lets calls in flight
   * end.
   *
   * @param grace after which they are cancelled
   * @return whether all of them ended in time
   */
  public boolean stop(Duration grace) throws InterruptedException {
    server.shutdown();
    boolean inTime = server.awaitTermination(grace.toMillis(), TimeUnit.MILLISECONDS);
    if (!inTime) {
      server.shutdownNow();
      server.awaitTermination(1, TimeUnit.SECONDS);
    }
    return inTime;
  }
}
