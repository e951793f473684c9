package accounts.local;

import com.github.benmanes.caffeine.cache.Ticker;
import java.time.Duration;

/** A builder of {@link LocalCache}s. Not thread-safe. */
public final class LocalCacheBuilder {

  String host = "127.0.0.1";
  int port;
  long maximumBytes = 256L * 1024 * 1024;
  int maximumCaches = 100;
  Ticker ticker = Ticker.systemTicker();
  Duration heartbeat = Duration.ofSeconds(1);
  long seed;

  LocalCacheBuilder() {}

  /** Sets the address to listen on; 127.0.0.1 by default. */
  public LocalCacheBuilder host(String address) {
    this.host = address;
    return this;
  }

  /** Sets the port to listen on; by default 0, which chooses a free port. */
  public LocalCacheBuilder port(int number) {
    this.port = number;
    return this;
  }

  /** Sets the size at which each cache evicts the least used items; 256 MiB by default. */
  public LocalCacheBuilder maximumBytes(long bytes) {
    this.maximumBytes = bytes;
    return this;
  }

  /** Sets the highest number of caches; 100 by default. */
  public LocalCacheBuilder maximumCaches(int number) {
    this.maximumCaches = number;
    return this;
  }

  /** Sets the clock by which items expire, in nanoseconds; the system's by default. */
  public LocalCacheBuilder ticker(Ticker source) {
    this.ticker = source;
    return this;
  }

  /** Sets the interval of heartbeats to subscribers; 1 s by default. */
  public LocalCacheBuilder heartbeat(Duration interval) {
    this.heartbeat = interval;
    return this;
  }

  /** Sets the seed of random faults, which makes them repeatable; 0 by default. */
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
