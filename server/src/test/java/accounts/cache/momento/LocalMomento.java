package accounts.cache.momento;

import accounts.local.LocalCache;
import java.security.SecureRandom;
import java.time.Duration;
import momento.sdk.CacheClient;
import momento.sdk.auth.CredentialProvider;

/** A local cache and Momento's own client of it. */
final class LocalMomento implements AutoCloseable {

  static final String CACHE = "accounts";
  static final Duration TTL = Duration.ofMinutes(10);
  private static final Duration CLIENT_TIMEOUT = Duration.ofSeconds(10);

  final LocalCache server = LocalCache.start();
  final CredentialProvider credentials = MomentoClients.local(server.host(), server.port());
  final CacheClient client =
      MomentoClients.create(credentials, CLIENT_TIMEOUT, Duration.ofHours(1));
  final MomentoSessions sessions =
      new MomentoSessions(new MomentoSession(client, credentials, CACHE));

  LocalMomento() {
    server.createCache(CACHE);
  }

  MomentoCellCache cache(Duration timeout) {
    return cache(timeout, CellCodec.ANSWERS);
  }

  MomentoCellCache cache(Duration timeout, int answers) {
    CellCodec codec = new CellCodec(new SecureRandom()::nextLong, answers);
    return new MomentoCellCache(sessions, CACHE, codec, timeout, TTL);
  }

  @Override
  public void close() {
    sessions.close();
    server.close();
  }
}
