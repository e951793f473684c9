package accounts.local;

import static accounts.local.Sdk.CACHE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import grpc.cache_client._SetFetchRequest;
import grpc.control_client.ScsControlGrpc;
import grpc.control_client._Cache;
import grpc.control_client._ListCachesRequest;
import momento.sdk.config.ReadConcern;
import momento.sdk.exceptions.BadRequestException;
import momento.sdk.exceptions.CacheAlreadyExistsException;
import momento.sdk.exceptions.CacheNotFoundException;
import momento.sdk.responses.cache.control.CacheCreateResponse;
import momento.sdk.responses.cache.control.CacheDeleteResponse;
import momento.sdk.responses.cache.control.CacheFlushResponse;
import momento.sdk.responses.cache.control.CacheInfo;
import momento.sdk.responses.cache.control.CacheListResponse;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class ControlPlaneTest {

  private final Sdk sdk = new Sdk();

  @AfterEach
  void close() {
    sdk.close();
  }

  @Test
  void createCache_existing_isAlreadyExists() {
    assertThat(sdk.client.createCache(CACHE).join())
        .isInstanceOfSatisfying(
            CacheCreateResponse.Error.class,
            error -> assertThat(error).hasCauseInstanceOf(CacheAlreadyExistsException.class));
  }

  @Test
  void createCache_blankName_isBadRequest() {
    assertThat(sdk.client.createCache("   ").join())
        .isInstanceOfSatisfying(
            CacheCreateResponse.Error.class,
            error -> assertThat(error).hasCauseInstanceOf(BadRequestException.class));
  }

  @Test
  void listCaches_twoCreated_namesBoth() {
    sdk.client.createCache("another").join();

    assertThat(sdk.client.listCaches().join())
        .isInstanceOfSatisfying(
            CacheListResponse.Success.class,
            list ->
                assertThat(list.getCaches())
                    .extracting(CacheInfo::name)
                    .containsExactly("another", CACHE));
  }

  @Test
  void listCaches_one_reportsItsLimits() {
    _Cache listed =
        ScsControlGrpc.newBlockingStub(sdk.channel())
            .listCaches(_ListCachesRequest.getDefaultInstance())
            .getCache(0);

    assertThat(listed.getCacheLimits().getMaxItemSizeKb()).isEqualTo(5120);
    assertThat(listed.getCacheLimits().getMaxTtlSeconds()).isEqualTo(86_400);
    assertThat(listed.getCacheLimits().getMaxTrafficRate()).isEqualTo(Integer.MAX_VALUE);
    assertThat(listed.getCacheLimits().getMaxThroughputKbps()).isEqualTo(Integer.MAX_VALUE);
    assertThat(listed.getTopicLimits().getMaxPublishMessageSizeKb()).isEqualTo(4);
    assertThat(listed.getTopicLimits().getMaxSubscriptionCount()).isEqualTo(1000);
    assertThat(listed.getTopicLimits().getMaxPublishRate()).isEqualTo(Integer.MAX_VALUE);
  }

  @Test
  void createCache_tooMany_saysHowManyThereAre() {
    for (int i = 1; i < 100; i++) {
      sdk.cache.createCache("c" + i);
    }

    assertThatThrownBy(() -> sdk.cache.createCache("one more"))
        .hasMessageContaining("RESOURCE_EXHAUSTED: Caches: 100 (expected: fewer");
  }

  @Test
  void deleteCache_twice_isCacheNotFound() {
    assertThat(sdk.client.deleteCache(CACHE).join())
        .isInstanceOf(CacheDeleteResponse.Success.class);
    assertThat(sdk.client.deleteCache(CACHE).join())
        .isInstanceOfSatisfying(
            CacheDeleteResponse.Error.class,
            error -> assertThat(error).hasCauseInstanceOf(CacheNotFoundException.class));
    assertThat(sdk.get("k")).isEqualTo("NOT_FOUND_ERROR");
  }

  @Test
  void flushCache_withItems_emptiesIt() {
    sdk.set("k", "v");

    assertThat(sdk.client.flushCache(CACHE).join()).isInstanceOf(CacheFlushResponse.Success.class);
    assertThat(sdk.get("k")).isEqualTo("miss");
  }

  @Test
  void stop_andRestart_isEmptyOnTheSamePort() {
    int port = sdk.cache.port();
    sdk.set("k", "v");

    sdk.cache.stop();
    assertThat(sdk.get("k")).isEqualTo("SERVER_UNAVAILABLE");
    sdk.cache.restart();

    assertThat(sdk.cache.port()).isEqualTo(port);
    try (var client = sdk.client(port, ReadConcern.BALANCED)) {
      assertThat(Sdk.get(client, "k")).isEqualTo("miss");
    }
  }

  @Test
  void start_takenPort_namesIt() {
    int port = sdk.cache.port();

    assertThatThrownBy(() -> LocalCache.start("127.0.0.1", port))
        .isInstanceOf(PortTakenException.class)
        .hasMessageContaining(String.valueOf(port));
  }

  @Test
  void call_notImplemented_isUnimplemented() {
    assertThatThrownBy(() -> sdk.stub().setFetch(_SetFetchRequest.getDefaultInstance()))
        .hasMessageContaining("UNIMPLEMENTED");
  }
}
