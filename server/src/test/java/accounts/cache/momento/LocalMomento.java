package accounts.cache.momento;

import accounts.grpc.EventLoops;
import accounts.local.LocalCache;
import java.security.SecureRandom;
import java.time.Duration;
import momento.sdk.CacheClient;
import momento.sdk.auth.CredentialProvider;
import momento.sdk.config.Configurations;
import momento.sdk.config.ReadConcern;

/** A local cache and Momento's own client of it. */
final class LocalMomento implements AutoCloseable {

  static final String CACHE = "accounts";
  static final Duration TTL = Duration.ofMinutes(10);

  private final EventLoops loops = EventLoops.create();
  final ReadThreads threads = new ReadThreads(loops.each(), loops.clientChannel());
  final LocalCache server = LocalCache.start();
  final CredentialProvider credentials = MomentoCredentials.local(server.host(), server.port());
  final MomentoSessions sessions =
      new MomentoSessions(
          new MomentoSession(
              new MomentoItems(credentials, CACHE, ReadConcern.CONSISTENT, threads),
              credentials,
              CACHE));

  LocalMomento() {
    server.createCache(CACHE);
  }

  /** Returns a client of Momento's own SDK, for the caller to close. */
  CacheClient sdk() {
    return CacheClient.create(credentials, Configurations.Laptop.latest(), TTL);
  }

  MomentoCellCache cache(Duration timeout) {
    return cache(timeout, CellCodec.ANSWERS);
  }

  MomentoCellCache cache(Duration timeout, int answers) {
    CellCodec codec = new CellCodec(new SecureRandom()::nextLong, answers);
    return new MomentoCellCache(sessions, codec, timeout, TTL);
  }

  @Override
  public void close() {
    sessions.close();
    server.close();
    loops.close();
  }
}
