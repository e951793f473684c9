package accounts.cache.momento;

import accounts.local.LocalCache;
import momento.sdk.auth.CredentialProvider;
import momento.sdk.config.ReadConcern;

/**
 * A key for a local cache, which takes any, and can tell by it whose calls they are. Momento's own
 * keys name an endpoint to which the SDK connects by TLS only.
 */
public final class LocalKey extends CredentialProvider {

  private final String key;
  private final String host;
  private final LocalCache cache;

  /**
   * @param key no secret
   */
  public LocalKey(String key, LocalCache cache) {
    this(key, cache.host(), cache);
  }

  /** As {@link #LocalKey(String, LocalCache)}, by another name of the same host. */
  LocalKey(String key, String host, LocalCache cache) {
    this.key = key;
    this.host = host;
    this.cache = cache;
  }

  MomentoItems items(ReadThreads threads) {
    return new MomentoItems(this, LocalMomento.CACHE, ReadConcern.CONSISTENT, threads);
  }

  MomentoSession session(ReadThreads threads) {
    return new MomentoSession(items(threads), this, LocalMomento.CACHE);
  }

  @Override
  public String getAuthToken() {
    return key;
  }

  @Override
  public String getCacheEndpoint() {
    return host;
  }

  @Override
  public String getControlEndpoint() {
    return host;
  }

  @Override
  public String getTokenEndpoint() {
    return host;
  }

  @Override
  public String getStorageEndpoint() {
    return host;
  }

  @Override
  public boolean isEndpointSecure() {
    return false;
  }

  @Override
  public int getPort() {
    return cache.port();
  }
}
