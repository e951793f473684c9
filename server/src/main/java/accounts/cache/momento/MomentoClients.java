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

/** Makes the Momento client that the cache works with. */
public final class MomentoClients {

  // A repeated call could be applied after a later one; what is lost costs a miss and no more.
  private static final RetryStrategy NO_RETRIES = (status, method, attempt) -> Optional.empty();

  private MomentoClients() {}

  /**
   * Returns a new client that never repeats a call. The caller closes it.
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

  /** Credentials for Momento's cloud. */
  public static CredentialProvider cloud(String apiKey) {
    return CredentialProvider.fromString(apiKey);
  }

  /** Credentials for a plaintext server that speaks Momento's protocol. */
  public static CredentialProvider local(String host, int port) {
    return new MomentoLocalProvider(host, port);
  }
}
