package accounts.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import momento.sdk.CacheClient;
import momento.sdk.auth.MomentoLocalProvider;
import momento.sdk.config.Configurations;
import momento.sdk.exceptions.CacheNotFoundException;
import momento.sdk.responses.cache.GetBatchResponse;
import momento.sdk.responses.cache.GetResponse;
import momento.sdk.responses.cache.IncrementResponse;
import momento.sdk.responses.cache.SetIfNotExistsResponse;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class LocalCacheTest {

  private LocalCache cache;
  private CacheClient client;

  @BeforeEach
  void start() {
    cache = LocalCache.start();
    cache.createCache("c");
    client =
        CacheClient.builder(
                new MomentoLocalProvider(cache.host(), cache.port()),
                Configurations.Laptop.latest(),
                Duration.ofMinutes(1))
            .build();
  }

  @AfterEach
  void stop() {
    client.close();
    cache.close();
  }

  @Test
  void get_afterSet_isHit() {
    client.set("c", "k", "v").join();

    assertThat(hit("k")).isEqualTo("v");
    assertThat(client.get("c", "absent").join()).isInstanceOf(GetResponse.Miss.class);
  }

  @Test
  void get_unknownCache_isCacheNotFound() {
    assertThat(client.get("nowhere", "k").join())
        .isInstanceOfSatisfying(
            GetResponse.Error.class,
            error -> assertThat(error).hasCauseInstanceOf(CacheNotFoundException.class));
  }

  @Test
  void getBatch_someKeysSet_answersEachInOrder() {
    client.set("c", "a", "1").join();
    client.set("c", "b", "2").join();

    assertThat(client.getBatch("c", List.of("a", "x", "b")).join())
        .isInstanceOfSatisfying(
            GetBatchResponse.Success.class,
            batch ->
                assertThat(batch.valueMapStringString())
                    .containsEntry("a", "1")
                    .containsEntry("b", "2")
                    .doesNotContainKey("x"));
  }

  @Test
  void setIfNotExists_twice_storesTheFirst() {
    assertThat(client.setIfNotExists("c", "k", "1", Duration.ofSeconds(9)).join())
        .isInstanceOf(SetIfNotExistsResponse.Stored.class);
    assertThat(client.setIfNotExists("c", "k", "2", Duration.ofSeconds(9)).join())
        .isInstanceOf(SetIfNotExistsResponse.NotStored.class);
    assertThat(hit("k")).isEqualTo("1");
  }

  @Test
  void increment_afterDelete_beginsAtZero() {
    client.increment("c", "k", 5).join();
    client.delete("c", "k").join();

    assertThat(client.increment("c", "k", 2).join())
        .isInstanceOfSatisfying(
            IncrementResponse.Success.class, sum -> assertThat(sum.valueNumber()).isEqualTo(2));
  }

  @Test
  void restart_afterStop_isEmptyOnTheSamePort() {
    client.set("c", "k", "v").join();
    int port = cache.port();

    cache.stop();
    assertThat(client.get("c", "k").join()).isInstanceOf(GetResponse.Error.class);
    cache.restart();

    assertThat(cache.port()).isEqualTo(port);
    assertThat(client.get("c", "k").join()).isNotInstanceOf(GetResponse.Hit.class);
  }

  private String hit(String key) {
    return client.get("c", key).join() instanceof GetResponse.Hit hit ? hit.valueString() : "";
  }
}
