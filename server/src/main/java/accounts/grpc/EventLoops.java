package accounts.grpc;

import io.grpc.netty.shaded.io.grpc.netty.NettyServerBuilder;
import io.grpc.netty.shaded.io.netty.channel.EventLoopGroup;
import io.grpc.netty.shaded.io.netty.channel.IoHandlerFactory;
import io.grpc.netty.shaded.io.netty.channel.MultiThreadIoEventLoopGroup;
import io.grpc.netty.shaded.io.netty.channel.ServerChannel;
import io.grpc.netty.shaded.io.netty.channel.epoll.Epoll;
import io.grpc.netty.shaded.io.netty.channel.epoll.EpollIoHandler;
import io.grpc.netty.shaded.io.netty.channel.epoll.EpollServerSocketChannel;
import io.grpc.netty.shaded.io.netty.channel.nio.NioIoHandler;
import io.grpc.netty.shaded.io.netty.channel.socket.nio.NioServerSocketChannel;
import io.grpc.netty.shaded.io.netty.util.concurrent.DefaultThreadFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;

/**
 * The threads that read requests, handle them and write responses. grpc-java would make the same
 * ones; they are made here so that {@link accounts.overload.LoadLimit} can ask how late they are.
 */
public final class EventLoops {

  private static final int PER_PROCESSOR = 2;

  private final EventLoopGroup group;
  private final Class<? extends ServerChannel> channelType;

  private EventLoops(IoHandlerFactory io, Class<? extends ServerChannel> channelType) {
    int threads = PER_PROCESSOR * Runtime.getRuntime().availableProcessors();
    this.group =
        new MultiThreadIoEventLoopGroup(threads, new DefaultThreadFactory("grpc", true), io);
    this.channelType = channelType;
  }

  /** Creates the threads: with epoll where the system has it. */
  public static EventLoops create() {
    return Epoll.isAvailable()
        ? new EventLoops(EpollIoHandler.newFactory(), EpollServerSocketChannel.class)
        : new EventLoops(NioIoHandler.newFactory(), NioServerSocketChannel.class);
  }

  /** Returns each thread as an executor. */
  public List<Executor> executors() {
    List<Executor> executors = new ArrayList<>();
    group.forEach(executors::add);
    return List.copyOf(executors);
  }

  void use(NettyServerBuilder builder) {
    builder.bossEventLoopGroup(group).workerEventLoopGroup(group).channelType(channelType);
  }

  void stop() {
    var unused = group.shutdownGracefully(0, 1, TimeUnit.SECONDS);
  }
}
