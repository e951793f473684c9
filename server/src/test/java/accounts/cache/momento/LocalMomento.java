package accounts.cache.momento;

import accounts.local.LocalCache;
import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;
import momento.sdk.CacheClient;

/** A local cache and Momento's own client of it. */
final class LocalMomento implements AutoCloseable {

  static final String CACHE = "accounts";
  static final CacheKeys KEYS = new CacheKeys(CacheKeys.FORMAT, true);
  static final Duration TTL = Duration.ofMinutes(10);
  private static final Duration CLIENT_TIMEOUT = Duration.ofSeconds(10);

  final LocalCache server = LocalCache.start();
  final CacheClient client =
      MomentoClients.create(
          MomentoClients.local(server.host(), server.port()),
          CLIENT_TIMEOUT,
          Duration.ofHours(1),
          true);

  LocalMomento() {
    server.createCache(CACHE);
  }

  MomentoAccountCache cache(Duration timeout) {
    return cache(timeout, KEYS);
  }

  MomentoAccountCache cache(Duration timeout, CacheKeys keys) {
    return new MomentoAccountCache(
        client,
        CACHE,
        keys,
        timeout,
        TTL,
        () -> ThreadLocalRandom.current().nextLong(1, 1L << 40),
        true);
  }

  @Override
  public void close() {
    client.close();
    server.close();
  }
}
