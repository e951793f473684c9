package accounts.local.momento;

import com.github.benmanes.caffeine.cache.Ticker;
import io.grpc.BindableService;
import io.grpc.ServerInterceptor;
import io.grpc.ServerInterceptors;
import io.grpc.ServerServiceDefinition;
import io.grpc.StatusRuntimeException;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;

/** All that stands behind the port: the caches with what they hold, and the services on them. */
public final class Momento {

  private final Caches caches;
  private final Topics topics = new Topics();

  /**
   * Makes one without caches.
   *
   * @param maximumBytes how much each cache may hold, keys and overhead included
   * @param maximumCaches how many caches there may be
   * @param ticker tells the time in nanoseconds by which items expire
   * @param lagging says whether calls may come with a {@link ReplicaLag}
   */
  public Momento(long maximumBytes, int maximumCaches, Ticker ticker, BooleanSupplier lagging) {
    this.caches =
        new Caches(
            maximumCaches,
            () -> new ReplicatedStore(new MemoryStore(maximumBytes, ticker), lagging));
  }

  /**
   * Returns the services to put on a server.
   *
   * @param outermost sees each call first
   */
  public List<ServerServiceDefinition> services(ServerInterceptor outermost) {
    return Stream.<BindableService>of(
            new ScsService(caches),
            new ControlService(caches, topics),
            new PubsubService(caches, topics),
            new PingService())
        .map(service -> ServerInterceptors.intercept(service, new CallHeaders(), outermost))
        .toList();
  }

  /**
   * Creates a cache; does nothing if there is one of that name.
   *
   * @throws StatusRuntimeException if the name is not valid or there are too many caches
   */
  public void createCache(String name) {
    caches.create(name);
  }

  /**
   * Empties a cache.
   *
   * @throws StatusRuntimeException if there is none of that name
   */
  public void flush(String name) {
    caches.store(name).clear();
  }

  /** Forgets all items and messages; the caches stay. */
  public void lose() {
    caches.clear();
    topics.clear();
  }

  /** Sends a heartbeat to all subscribers. To be called at regular intervals. */
  public void heartbeat() {
    topics.heartbeat();
  }
}
