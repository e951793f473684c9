package accounts.server;

import static java.nio.charset.StandardCharsets.UTF_8;

import accounts.async.CallScope;
import accounts.cache.Cell;
import accounts.cache.CellKey;
import accounts.cache.CellVersion;
import accounts.cache.SwapResult;
import accounts.cache.momento.CellCodec;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import momento.sdk.CacheClient;
import momento.sdk.auth.CredentialProvider;
import momento.sdk.config.Configuration;
import momento.sdk.config.transport.GrpcConfiguration;
import momento.sdk.config.transport.StaticTransportStrategy;
import momento.sdk.responses.cache.SetResponse;

/**
 * Sets cells unconditionally, by the SDK's plain {@code set}. The version that it returns is of no
 * use for a compare-and-set.
 *
 * @param client sets items with the TTL of answers
 */
record PlainSet(CacheClient client, CellCodec codec, String cacheName) {

  private static final Duration TIMEOUT = Duration.ofSeconds(1);
  private static final CellVersion UNKNOWN = new CellVersion() {};

  /**
   * Returns a client of Momento that repeats nothing.
   *
   * @param ttl how long an item is kept
   */
  static CacheClient client(CredentialProvider credentials, Duration ttl) {
    Configuration configuration =
        new Configuration(
            new StaticTransportStrategy(new GrpcConfiguration(TIMEOUT)),
            (status, method, attempt) -> Optional.empty());
    return CacheClient.builder(credentials, configuration, ttl).build();
  }

  CompletableFuture<SwapResult> put(CellKey key, Cell next, CallScope scope) {
    byte[] name = key.text().getBytes(UTF_8);
    byte[] value = codec.encode(key, next).toByteArray();
    return scope
        .run(TIMEOUT, time -> client.set(cacheName, name, value))
        .handle((response, failure) ->
            response instanceof SetResponse.Success
                ? new SwapResult.Swapped(UNKNOWN)
                : new SwapResult.Unavailable());
  }
}
