package accounts.local;

import static org.assertj.core.api.Assertions.assertThat;

import grpc.cache_client.ScsGrpc;
import io.grpc.ManagedChannel;
import io.grpc.ManagedChannelBuilder;
import io.grpc.Metadata;
import io.grpc.stub.MetadataUtils;
import java.time.Duration;
import java.util.Optional;
import momento.sdk.CacheClient;
import momento.sdk.auth.MomentoLocalProvider;
import momento.sdk.config.Configuration;
import momento.sdk.config.Configurations;
import momento.sdk.config.ReadConcern;
import momento.sdk.responses.cache.GetResponse;

/** Clients of Momento's SDK, connected to a local cache with one cache named {@value #CACHE}. */
final class Sdk implements AutoCloseable {

  static final String CACHE = "c";

  final FakeTicker ticker = new FakeTicker();
  final LocalCache cache;
  final CacheClient client;
  private final ManagedChannel channel;

  Sdk() {
    this(Duration.ofMillis(20));
  }

  Sdk(Duration heartbeat) {
    cache = LocalCache.builder().ticker(ticker).heartbeat(heartbeat).start();
    cache.createCache(CACHE);
    client = client(cache.port(), ReadConcern.BALANCED);
    channel = ManagedChannelBuilder.forAddress(cache.host(), cache.port()).usePlaintext().build();
  }

  /** Returns another client; the caller closes it. Calls take at most two seconds. */
  CacheClient client(int port, ReadConcern concern) {
    Configuration configuration =
        Configurations.Laptop.latest()
            .withReadConcern(concern)
            .withTimeout(Duration.ofSeconds(10))
            .withRetryStrategy((status, method, attempt) -> Optional.empty());
    return CacheClient.builder(
            new MomentoLocalProvider(cache.host(), port), configuration, Duration.ofMinutes(1))
        .build();
  }

  /** Returns a stub for calls that the Java SDK does not make. */
  ScsGrpc.ScsBlockingStub stub() {
    Metadata headers = new Metadata();
    headers.put(Metadata.Key.of("cache", Metadata.ASCII_STRING_MARSHALLER), CACHE);
    return ScsGrpc.newBlockingStub(channel)
        .withInterceptors(MetadataUtils.newAttachHeadersInterceptor(headers));
  }

  ManagedChannel channel() {
    return channel;
  }

  void set(String key, String value) {
    assertThat(client.set(CACHE, key, value).join())
        .isInstanceOf(momento.sdk.responses.cache.SetResponse.Success.class);
  }

  /** Returns the value of a hit, "miss", or the name of the error. */
  String get(String key) {
    return get(client, key);
  }

  static String get(CacheClient client, String key) {
    return switch (client.get(CACHE, key).join()) {
      case GetResponse.Hit hit -> hit.valueString();
      case GetResponse.Miss miss -> "miss";
      case GetResponse.Error error -> error.getErrorCode().name();
      default -> throw new AssertionError("no other answer is known");
    };
  }

  @Override
  public void close() {
    client.close();
    channel.shutdownNow();
    cache.close();
  }
}
