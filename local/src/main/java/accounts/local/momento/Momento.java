package accounts.local.momento;

import com.github.benmanes.caffeine.cache.Ticker;
import io.grpc.BindableService;
import io.grpc.ServerInterceptor;
import io.grpc.ServerInterceptors;
import io.grpc.ServerServiceDefinition;
import io.grpc.StatusRuntimeException;
import java.util.List;
import java.util.stream.Stream;

/** All that stands behind the port: the caches with what they hold, and the services on them. */
public final class Momento {

  private final Caches caches;

  /**
   * Makes one without caches.
   *
   * @param maximumBytes how much each cache may hold, keys and overhead included
   * @param maximumCaches how many caches there may be
   * @param ticker tells the time in nanoseconds by which items expire
   */
  public Momento(long maximumBytes, int maximumCaches, Ticker ticker) {
    this.caches = new Caches(maximumCaches, () -> new MemoryStore(maximumBytes, ticker));
  }

  /** Returns the services to put on a server. */
  public List<ServerServiceDefinition> services() {
    ServerInterceptor headers = new CallHeaders.Interceptor();
    return Stream.<BindableService>of(
            new ScsService(caches), new ControlService(caches), new PingService())
        .map(service -> ServerInterceptors.intercept(service, headers))
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

  /** Empties all caches; their names stay. */
  public void flushAll() {
    caches.clear();
  }
}
