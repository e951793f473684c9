package accounts.cache.momento;

import io.grpc.netty.shaded.io.netty.channel.Channel;
import io.grpc.netty.shaded.io.netty.channel.EventLoop;
import java.util.List;

/**
 * The threads that read the cache: those that handle calls, so that what a call reads is answered
 * on the thread that handles it.
 *
 * @param loops one or more; must not be blocked
 * @param sockets the kind by which they can connect
 */
public record ReadThreads(List<EventLoop> loops, Class<? extends Channel> sockets) {

  public ReadThreads {
    loops = List.copyOf(loops);
  }
}
