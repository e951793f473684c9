package accounts.local;

import accounts.local.faults.Faults;
import accounts.local.momento.DelayedTasks;
import accounts.local.momento.Momento;
import com.google.protobuf.ByteString;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/**
 * An in-memory cache in this JVM that implements Momento's protocol in plaintext; the SDK connects
 * to it with {@code MomentoLocalProvider(host, port)}.
 *
 * <p>It can be stopped and restarted on the same port, like a service that goes down and comes
 * back: its caches still exist then, and are empty.
 */
public final class LocalCache implements AutoCloseable {

  /** The client name of the port on which the cache was started. */
  public static final String MAIN = "main";

  private static final int MAXIMUM_DOORS = 100;

  private final String host;
  private final Faults faults;
  private final Momento momento;
  private final Door main;
  private final List<Door> doors = new ArrayList<>();
  private final DelayedTasks timer = new DelayedTasks();

  LocalCache(LocalCacheBuilder builder) {
    this.host = builder.host;
    this.faults = new Faults(builder.seed, timer);
    this.momento =
        new Momento(
            builder.maximumBytes, builder.maximumCaches, builder.ticker, faults::lagging, timer);
    this.main = newDoor(MAIN, builder.port);
    timer.every(builder.heartbeat, momento::heartbeat);
    doors.add(main);
  }

  private Door newDoor(String client, int port) {
    return new Door(client, host, port, momento.services(faults.interceptor(client)));
  }

  /** Starts an instance on 127.0.0.1 and a free port, without caches. */
  public static LocalCache start() {
    return builder().start();
  }

  /**
   * Starts an instance without caches.
   *
   * @param host the address to listen on
   * @param port the port; 0 for any free port
   * @throws PortTakenException if the port is in use
   */
  public static LocalCache start(String host, int port) {
    return builder().host(host).port(port).start();
  }

  /** Returns a builder with the defaults of {@link #start()}. */
  public static LocalCacheBuilder builder() {
    return new LocalCacheBuilder();
  }

  /** Returns the address on which it listens. */
  public String host() {
    return host;
  }

  /** Returns the port, which stays the same after a restart. */
  public int port() {
    return main.port();
  }

  /** Returns {@code host:port}. */
  public String endpoint() {
    return main.endpoint();
  }

  /**
   * Opens another free port to the same caches.
   *
   * @param client the name of its client in fault rules
   */
  public Door openDoor(String client) {
    synchronized (doors) {
      if (doors.size() >= MAXIMUM_DOORS) {
        throw new IllegalStateException(
            "doors: " + doors.size() + " open (expected: fewer before one more)");
      }
      Door door = newDoor(client, 0);
      door.open();
      doors.add(door);
      return door;
    }
  }

  /**
   * Returns the door of a client.
   *
   * @throws IllegalArgumentException if that client has none
   */
  public Door door(String client) {
    synchronized (doors) {
      return doors.stream()
          .filter(door -> door.client().equals(client))
          .findFirst()
          .orElseThrow(() ->
              new IllegalArgumentException("client: " + client + " (expected: one with a door)"));
    }
  }

  /** Returns the injected faults, which have no rules at first. */
  public Faults faults() {
    return faults;
  }

  /** Creates a cache; does nothing if it exists. */
  public void createCache(String name) {
    momento.createCache(name);
  }

  /** Empties a cache. */
  public void flush(String name) {
    momento.flush(name);
  }

  /**
   * Returns how many items of a cache have some content.
   *
   * @param content selects contents
   */
  public long count(String name, Predicate<ByteString> content) {
    return momento.count(name, content);
  }

  /**
   * Evicts the items under some keys, as a cache that is short of memory does. A lagging replica
   * still shows them for a while, as after a delete.
   *
   * @param key selects keys, given as text
   * @return the number of items
   */
  public long forget(String name, Predicate<String> key) {
    return momento.forget(name, key);
  }

  /**
   * Stops the cache: all doors close, calls in flight fail with UNAVAILABLE, all contents are lost.
   * Returns when the ports are free. Does nothing if it is stopped.
   */
  public void stop() {
    synchronized (doors) {
      doors.forEach(Door::close);
    }
    momento.lose();
  }

  /** Opens the same ports after {@link #stop()}; does nothing to ports that are open. */
  public void restart() {
    synchronized (doors) {
      doors.forEach(Door::open);
    }
  }

  /** Stops the cache for good. */
  @Override
  public void close() {
    stop();
    timer.close();
  }
}
