package accounts.local;

import accounts.local.faults.Faults;
import accounts.local.momento.Later;
import accounts.local.momento.Momento;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/**
 * A cache that speaks Momento's protocol in plaintext, inside this JVM and in its memory: what the
 * SDK's {@code MomentoLocalProvider(host, port)} connects to.
 *
 * <p>It can be stopped and started again on the same port, as a service that goes down and comes
 * back: its caches are then still there, and empty.
 */
public final class LocalCache implements AutoCloseable {

  /** The client name of those who come in by the port that the cache was started on. */
  public static final String MAIN = "main";

  private static final int MAXIMUM_DOORS = 100;

  private final String host;
  private final Faults faults;
  private final Momento momento;
  private final Door main;
  private final List<Door> doors = new ArrayList<>();
  private final Later later = new Later();

  LocalCache(LocalCacheBuilder builder) {
    this.host = builder.host;
    this.faults = new Faults(builder.seed, later);
    this.momento =
        new Momento(
            builder.maximumBytes, builder.maximumCaches, builder.ticker, faults::lagging, later);
    this.main = newDoor(MAIN, builder.port);
    later.every(builder.heartbeat, momento::heartbeat);
    doors.add(main);
  }

  private Door newDoor(String client, int port) {
    return new Door(client, host, port, momento.services(faults.interceptor(client)));
  }

  /** Starts one on 127.0.0.1 and a free port, without caches. */
  public static LocalCache start() {
    return builder().start();
  }

  /**
   * Starts one without caches.
   *
   * @param host the address to listen on
   * @param port the port, 0 for any that is free
   * @throws PortTakenException if somebody else listens there
   */
  public static LocalCache start(String host, int port) {
    return builder().host(host).port(port).start();
  }

  /** Returns a builder with the defaults of {@link #start()}. */
  public static LocalCacheBuilder builder() {
    return new LocalCacheBuilder();
  }

  /** Returns the address it listens on. */
  public String host() {
    return host;
  }

  /** Returns the port it listens on, and will again after a restart. */
  public int port() {
    return main.port();
  }

  /** Returns {@code host:port}. */
  public String endpoint() {
    return main.endpoint();
  }

  /**
   * Opens another port onto the same caches, any that is free.
   *
   * @param client the name by which faults are to know those who use it
   */
  public Door openDoor(String client) {
    synchronized (doors) {
      if (doors.size() >= MAXIMUM_DOORS) {
        throw new IllegalStateException(doors.size() + " doors (expected: fewer)");
      }
      Door door = newDoor(client, 0);
      door.open();
      doors.add(door);
      return door;
    }
  }

  /**
   * Returns a door that was opened.
   *
   * @throws IllegalArgumentException if none was for that client
   */
  public Door door(String client) {
    synchronized (doors) {
      return doors.stream()
          .filter(door -> door.client().equals(client))
          .findFirst()
          .orElseThrow(() -> new IllegalArgumentException("no door for " + client));
    }
  }

  /** Returns what goes wrong with calls; nothing unless rules are added. */
  public Faults faults() {
    return faults;
  }

  /** Creates a cache; does nothing if there is one of that name. */
  public void createCache(String name) {
    momento.createCache(name);
  }

  /** Empties a cache. */
  public void flush(String name) {
    momento.flush(name);
  }

  /**
   * Loses the items under some keys, as a cache that is short of memory does. A replica that lags
   * still shows them for a while, as after a delete.
   *
   * @param key says which, given the key as text
   * @return how many there were
   */
  public long forget(String name, Predicate<String> key) {
    return momento.forget(name, key);
  }

  /**
   * Goes down: all doors close, calls under way fail with UNAVAILABLE, everything held is lost.
   * Returns when the ports are free. Does nothing if it is down.
   */
  public void stop() {
    synchronized (doors) {
      doors.forEach(Door::close);
    }
    momento.lose();
  }

  /** Listens again after {@link #stop()}, on the same ports; does nothing where it listens. */
  public void restart() {
    synchronized (doors) {
      doors.forEach(Door::open);
    }
  }

  /** Goes down for good. */
  @Override
  public void close() {
    stop();
    later.close();
  }
}
