package accounts.local.momento;

import com.github.benmanes.caffeine.cache.Ticker;
import io.grpc.BindableService;
import io.grpc.ServerInterceptor;
import io.grpc.ServerInterceptors;
import io.grpc.ServerServiceDefinition;
import io.grpc.StatusRuntimeException;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** All that stands behind the port: the caches with what they hold, and the services on them. */
public final class Momento {

  private final Caches caches;
  private final Topics topics;
  private final Later later;

  /**
   * Makes one without caches.
   *
   * @param maximumBytes how much each cache may hold, keys and overhead included
   * @param maximumCaches how many caches there may be
   * @param ticker tells the time in nanoseconds by which items and topics expire
   * @param lagging says whether calls may come with a {@link ReplicaLag}
   * @param later ends subscriptions at their deadlines
   */
  public Momento(
      long maximumBytes, int maximumCaches, Ticker ticker, BooleanSupplier lagging, Later later) {
    this.topics = new Topics(ticker);
    this.later = later;
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
            new PubsubService(caches, topics, later),
            new PingService())
        .map(service -> intercepted(service, outermost))
        .toList();
  }

  private static ServerServiceDefinition intercepted(
      BindableService service, ServerInterceptor outermost) {
    return ServerInterceptors.intercept(
        service, new CallHeaders(), new RequestLimit(), outermost); // the last sees a call first
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

  /**
   * Drops the items under some keys, each atomically, as if they had been evicted.
   *
   * @param key says which, given the key as text
   * @return how many there were
   * @throws StatusRuntimeException if there is no cache of that name
   */
  public long forget(String name, Predicate<String> key) {
    Store store = caches.store(name);
    return store.keys().stream()
        .filter(held -> key.test(held.toStringUtf8()))
        .filter(held -> store.change(held, item -> new Change<>(null, item != null)))
        .count();
  }

  /** Forgets all items and messages; the caches stay. */
  public void lose() {
    caches.clear();
    topics.clear();
  }

  /** Sends a heartbeat to all subscribers, and drops idle topics. To be called regularly. */
  public void heartbeat() {
    topics.heartbeat();
  }
}
