package accounts.local;

import com.github.benmanes.caffeine.cache.Ticker;
import java.time.Duration;

/** Where a {@link LocalCache} listens and how much it holds. Not for several threads. */
public final class LocalCacheBuilder {

  String host = "127.0.0.1";
  int port;
  long maximumBytes = 256L * 1024 * 1024;
  int maximumCaches = 100;
  Ticker ticker = Ticker.systemTicker();
  Duration heartbeat = Duration.ofSeconds(1);
  long seed;

  LocalCacheBuilder() {}

  /** The address to listen on; 127.0.0.1 unless told. */
  public LocalCacheBuilder host(String address) {
    this.host = address;
    return this;
  }

  /** The port to listen on; 0, the default, takes any that is free. */
  public LocalCacheBuilder port(int number) {
    this.port = number;
    return this;
  }

  /** How much each cache may hold before it drops what was used least; 256 MiB unless told. */
  public LocalCacheBuilder maximumBytes(long bytes) {
    this.maximumBytes = bytes;
    return this;
  }

  /** How many caches there may be; 100 unless told. */
  public LocalCacheBuilder maximumCaches(int number) {
    this.maximumCaches = number;
    return this;
  }

  /** Tells the time in nanoseconds by which items expire; the system's unless told. */
  public LocalCacheBuilder ticker(Ticker source) {
    this.ticker = source;
    return this;
  }

  /** How often subscribers hear that they are connected; every second unless told. */
  public LocalCacheBuilder heartbeat(Duration interval) {
    this.heartbeat = interval;
    return this;
  }

  /** Makes the random part of faults repeatable; 0 unless told. */
  public LocalCacheBuilder seed(long number) {
    this.seed = number;
    return this;
  }

  /** Starts the cache; see {@link LocalCache#start(String, int)}. */
  public LocalCache start() {
    LocalCache cache = new LocalCache(this);
    try {
      cache.restart();
      return cache;
    } catch (RuntimeException e) {
      cache.close();
      throw e;
    }
  }
}
