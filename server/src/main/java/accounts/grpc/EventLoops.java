package accounts.grpc;

import io.grpc.netty.shaded.io.netty.channel.Channel;
import io.grpc.netty.shaded.io.netty.channel.EventLoop;
import io.grpc.netty.shaded.io.netty.channel.EventLoopGroup;
import io.grpc.netty.shaded.io.netty.channel.IoHandlerFactory;
import io.grpc.netty.shaded.io.netty.channel.MultiThreadIoEventLoopGroup;
import io.grpc.netty.shaded.io.netty.channel.ServerChannel;
import io.grpc.netty.shaded.io.netty.channel.epoll.Epoll;
import io.grpc.netty.shaded.io.netty.channel.epoll.EpollIoHandler;
import io.grpc.netty.shaded.io.netty.channel.epoll.EpollServerSocketChannel;
import io.grpc.netty.shaded.io.netty.channel.epoll.EpollSocketChannel;
import io.grpc.netty.shaded.io.netty.channel.nio.NioIoHandler;
import io.grpc.netty.shaded.io.netty.channel.socket.nio.NioServerSocketChannel;
import io.grpc.netty.shaded.io.netty.channel.socket.nio.NioSocketChannel;
import io.grpc.netty.shaded.io.netty.util.concurrent.DefaultThreadFactory;
import java.util.List;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.stream.StreamSupport;

/**
 * The threads that read requests, handle them and write responses, and read the cache meanwhile.
 * One for each processor, as grpc-java would make them; they are made here so that a thread can
 * make its own calls of the cache, and so that {@link accounts.overload.LoadLimit} can ask how late
 * they are.
 */
public final class EventLoops implements AutoCloseable {

  private final EventLoopGroup group;
  private final List<EventLoop> loops;
  private final Class<? extends ServerChannel> serverChannel;
  private final Class<? extends Channel> clientChannel;

  private EventLoops(
      IoHandlerFactory io,
      Class<? extends ServerChannel> serverChannel,
      Class<? extends Channel> clientChannel) {
    // With two for each processor, Netty's default, each finds half as many requests at a time.
    int threads = Runtime.getRuntime().availableProcessors();
    this.group =
        new MultiThreadIoEventLoopGroup(threads, new DefaultThreadFactory("grpc", true), io);
    this.loops =
        StreamSupport.stream(group.spliterator(), false).map(EventLoop.class::cast).toList();
    this.serverChannel = serverChannel;
    this.clientChannel = clientChannel;
  }

  /** Creates the threads: with epoll where the system has it. The caller closes this. */
  public static EventLoops create() {
    return Epoll.isAvailable()
        ? new EventLoops(
            EpollIoHandler.newFactory(), EpollServerSocketChannel.class, EpollSocketChannel.class)
        : new EventLoops(
            NioIoHandler.newFactory(), NioServerSocketChannel.class, NioSocketChannel.class);
  }

  /** Returns the threads as a server takes them. */
  public EventLoopGroup group() {
    return group;
  }

  /** Returns each thread. */
  public List<EventLoop> each() {
    return loops;
  }

  /**
   * Returns the current thread as a timer, whose tasks it runs itself: setting one costs less than
   * one of another thread, and what many tasks write at a time is sent at once.
   *
   * @param other returned to threads that are none of these
   */
  public ScheduledExecutorService timer(ScheduledExecutorService other) {
    for (EventLoop loop : loops) {
      if (loop.inEventLoop()) {
        return loop;
      }
    }
    return other;
  }

  /** Returns the kind of sockets on which a server may listen with these threads. */
  public Class<? extends ServerChannel> serverChannel() {
    return serverChannel;
  }

  /** Returns the kind of sockets by which a client may connect with these threads. */
  public Class<? extends Channel> clientChannel() {
    return clientChannel;
  }

  /** Ends the threads, within a second. */
  @Override
  public void close() {
    var unused = group.shutdownGracefully(0, 1, TimeUnit.SECONDS);
  }
}
