package accounts.local.momento;

import com.github.benmanes.caffeine.cache.Ticker;
import com.google.protobuf.ByteString;
import io.grpc.BindableService;
import io.grpc.ServerInterceptor;
import io.grpc.ServerInterceptors;
import io.grpc.ServerServiceDefinition;
import io.grpc.StatusRuntimeException;
import java.time.Duration;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** The caches with their contents, and the gRPC services that serve them. */
public final class Momento {

  private final Caches caches;
  private final Topics topics;
  private final DelayedTasks timer;

  /**
   * Creates an instance without caches.
   *
   * @param maximumBytes the most bytes in each cache, including keys and overhead
   * @param maximumCaches the most caches
   * @param ticker the clock by which items and topics expire, in nanoseconds
   * @param lagging returns whether calls may have a {@link ReplicaLag}
   * @param timer ends subscriptions at their deadlines
   */
  public Momento(
      long maximumBytes,
      int maximumCaches,
      Ticker ticker,
      BooleanSupplier lagging,
      DelayedTasks timer) {
    this.topics = new Topics(ticker);
    this.timer = timer;
    this.caches =
        new Caches(
            maximumCaches,
            () -> new ReplicatedStore(new MemoryStore(maximumBytes, ticker), lagging));
  }

  /**
   * Returns the services for a server.
   *
   * @param outermost an interceptor that is called first
   */
  public List<ServerServiceDefinition> services(ServerInterceptor outermost) {
    return Stream.<BindableService>of(
            new ScsService(caches),
            new ControlService(caches, topics),
            new PubsubService(caches, topics, timer),
            new PingService())
        .map(service -> intercepted(service, outermost))
        .toList();
  }

  private static ServerServiceDefinition intercepted(
      BindableService service, ServerInterceptor outermost) {
    return ServerInterceptors.intercept(
        service, new CallHeaders(), new RequestLimit(), outermost); // the last one is called first
  }

  /**
   * Creates a cache; does nothing if it exists.
   *
   * @throws StatusRuntimeException if the name is not valid or there are too many caches
   */
  public void createCache(String name) {
    caches.create(name);
  }

  /**
   * Empties a cache.
   *
   * @throws StatusRuntimeException if it does not exist
   */
  public void flush(String name) {
    caches.store(name).clear();
  }

  /**
   * Evicts the items under some keys, each atomically.
   *
   * @param key selects keys, given as text
   * @return the number of items
   * @throws StatusRuntimeException if the cache does not exist
   */
  public long forget(String name, Predicate<String> key) {
    Store store = caches.store(name);
    return store.keys().stream()
        .filter(held -> key.test(held.toStringUtf8()))
        .filter(held -> store.change(held, item -> new Change<>(null, item != null)))
        .count();
  }

  /**
   * Returns how many scalars have some content.
   *
   * @param content selects contents
   * @throws StatusRuntimeException if the cache does not exist
   */
  public long count(String name, Predicate<ByteString> content) {
    Store store = caches.store(name);
    return store.keys().stream()
        .map(key -> store.read(key, Duration.ZERO))
        .filter(item -> item instanceof Scalar scalar && content.test(scalar.value()))
        .count();
  }

  /** Removes all items and messages; the caches stay. */
  public void lose() {
    caches.clear();
    topics.clear();
  }

  /** Sends a heartbeat to all subscribers, and drops idle topics. Must be called regularly. */
  public void heartbeat() {
    topics.heartbeat();
  }
}
