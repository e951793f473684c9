package accounts.server;

import java.time.Duration;
import java.util.Optional;
import momento.sdk.CacheClient;
import momento.sdk.auth.CredentialProvider;
import momento.sdk.config.Configuration;
import momento.sdk.config.ReadConcern;
import momento.sdk.config.transport.GrpcConfiguration;
import momento.sdk.config.transport.StaticTransportStrategy;

/** Creates Momento clients that read from any replica, which is the SDK's default. */
final class BalancedClient {

  private BalancedClient() {}

  static CacheClient create(CredentialProvider credentials, Duration timeout, Duration ttl) {
    Configuration configuration =
        new Configuration(
            new StaticTransportStrategy(new GrpcConfiguration(timeout)),
            (status, method, attempt) -> Optional.empty());
    return CacheClient.builder(
            credentials, configuration.withReadConcern(ReadConcern.BALANCED), ttl)
        .build();
  }
}
