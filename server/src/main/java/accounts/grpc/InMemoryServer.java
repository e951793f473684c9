package accounts.grpc;

import accounts.async.CallScope;
import accounts.async.Trace;
import accounts.identity.Authenticator;
import accounts.overload.CallAdmission;
import io.grpc.BindableService;
import io.grpc.Channel;
import io.grpc.InsecureServerCredentials;
import io.grpc.ManagedChannel;
import io.grpc.Server;
import io.grpc.ServerBuilder;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import io.grpc.netty.shaded.io.grpc.netty.NettyServerBuilder;
import io.grpc.netty.shaded.io.netty.channel.EventLoopGroup;
import io.grpc.netty.shaded.io.netty.channel.MultiThreadIoEventLoopGroup;
import io.grpc.netty.shaded.io.netty.channel.local.LocalAddress;
import io.grpc.netty.shaded.io.netty.channel.local.LocalChannel;
import io.grpc.netty.shaded.io.netty.channel.local.LocalIoHandler;
import io.grpc.netty.shaded.io.netty.channel.local.LocalServerChannel;
import io.grpc.netty.shaded.io.netty.util.concurrent.DefaultThreadFactory;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * The account service over a connection in this process's memory: HTTP/2, interceptors, limits and
 * codecs are those of {@link GrpcServer}, and there is no socket. Nobody else can reach it, so its
 * callers need no identity. Safe for use by several threads.
 */
public final class InMemoryServer implements AutoCloseable {

  private static final int THREADS = 2;
  private static final Duration CONNECTION_AGE = Duration.ofHours(1);

  /** Without a task for so long, its threads end. */
  private static final Duration QUIET = Duration.ofMillis(500);

  private static final Duration LONGEST = Duration.ofSeconds(5);

  private final EventLoopGroup loops;
  private final Server server;
  private final ManagedChannel channel;

  private InMemoryServer(EventLoopGroup loops, Server server, ManagedChannel channel) {
    this.loops = loops;
    this.server = server;
    this.channel = channel;
  }

  /**
   * Starts one; the caller closes it.
   *
   * @param observers add what counts and times calls
   * @param longestCall the longest time until a call is answered
   * @throws IOException if it cannot be started
   */
  public static InMemoryServer start(
      BindableService service,
      CallAdmission admission,
      Refusals refusals,
      Consumer<ServerBuilder<?>> observers,
      Duration longestCall)
      throws IOException {
    EventLoopGroup loops =
        new MultiThreadIoEventLoopGroup(
            THREADS, new DefaultThreadFactory("memory", true), LocalIoHandler.newFactory());
    LocalAddress address = new LocalAddress(InMemoryServer.class);
    NettyServerBuilder builder =
        NettyServerBuilder.forAddress(address, InsecureServerCredentials.create())
            .channelType(LocalServerChannel.class)
            .bossEventLoopGroup(loops)
            .workerEventLoopGroup(loops);
    observers.accept(builder);
    TransportLimits.apply(builder, longestCall, CONNECTION_AGE);
    CallerInterceptor callers =
        new CallerInterceptor(Authenticator.ANYONE, new Failures(), longestCall, () -> Trace.NONE);
    Server server =
        builder
            .decompressorRegistry(LateGzip.registry())
            .directExecutor()
            .addService(GrpcServer.guarded(service, admission, refusals, callers))
            .build();
    InMemoryServer started = new InMemoryServer(loops, server, channel(address, loops));
    try {
      server.start();
      return started;
    } catch (IOException e) {
      started.close();
      throw e;
    }
  }

  private static ManagedChannel channel(LocalAddress address, EventLoopGroup loops) {
    return NettyChannelBuilder.forAddress(address)
        .channelType(LocalChannel.class)
        .eventLoopGroup(loops)
        .usePlaintext()
        .directExecutor()
        .disableRetry()
        .build();
  }

  /** Returns what calls go through. */
  Channel channel() {
    return channel;
  }

  /** Returns calls to warm up, which go through here until the scope is over. */
  public WarmUpCalls warmUpCalls(CallScope scope) {
    return new WarmUpCalls(channel, scope);
  }

  /** Ends calls that are in flight. */
  @Override
  public void close() {
    channel.shutdownNow();
    server.shutdownNow();
    // Not at once: the ends of those calls are still to be told, and Netty warns of each that is
    // not.
    var unused =
        loops.shutdownGracefully(QUIET.toMillis(), LONGEST.toMillis(), TimeUnit.MILLISECONDS);
  }
}
