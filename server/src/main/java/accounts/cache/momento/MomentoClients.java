package accounts.cache.momento;

import java.time.Duration;
import java.util.Optional;
import momento.sdk.CacheClient;
import momento.sdk.auth.CredentialProvider;
import momento.sdk.auth.MomentoLocalProvider;
import momento.sdk.config.Configuration;
import momento.sdk.config.ReadConcern;
import momento.sdk.config.transport.GrpcConfiguration;
import momento.sdk.config.transport.StaticTransportStrategy;
import momento.sdk.retry.RetryStrategy;

/** Creates the Momento client of the cache. */
public final class MomentoClients {

  // A retry could be applied after a later call; a lost call costs no more than a miss.
  private static final RetryStrategy NO_RETRIES = (status, method, attempt) -> Optional.empty();

  private MomentoClients() {}

  /**
   * Returns a new client that never retries. The caller closes it.
   *
   * @param timeout after which the client gives a call up
   * @param ttl of items that are set without one
   */
  public static CacheClient create(CredentialProvider credentials, Duration timeout, Duration ttl) {
    Configuration configuration =
        new Configuration(new StaticTransportStrategy(new GrpcConfiguration(timeout)), NO_RETRIES);
    return CacheClient.builder(
            credentials, configuration.withReadConcern(ReadConcern.CONSISTENT), ttl)
        .build();
  }

  /**
   * Returns credentials for Momento's cloud.
   *
   * @throws UnusableKeyException if the SDK cannot read the key
   */
  public static CredentialProvider cloud(String apiKey) throws UnusableKeyException {
    try {
      return CredentialProvider.fromString(apiKey);
    } catch (RuntimeException e) {
      // Of the SDK's own, or of what it reads the key with; its message may have parts of the key.
      throw new UnusableKeyException("not a key as Momento's console hands it out");
    }
  }

  /** Returns credentials for a plaintext server with Momento's protocol. */
  public static CredentialProvider local(String host, int port) {
    return new MomentoLocalProvider(host, port);
  }
}
