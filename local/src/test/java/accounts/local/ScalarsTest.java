package accounts.local;

import static accounts.local.Sdk.CACHE;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import grpc.cache_client._KeysExistRequest;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import momento.sdk.exceptions.CacheNotFoundException;
import momento.sdk.exceptions.LimitExceededException;
import momento.sdk.responses.cache.GetBatchResponse;
import momento.sdk.responses.cache.GetResponse;
import momento.sdk.responses.cache.IncrementResponse;
import momento.sdk.responses.cache.SetBatchResponse;
import momento.sdk.responses.cache.SetIfNotExistsResponse;
import momento.sdk.responses.cache.SetResponse;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class ScalarsTest {

  private final Sdk sdk = new Sdk();

  @AfterEach
  void close() {
    sdk.close();
  }

  @Test
  void get_afterSet_isHit() {
    sdk.set("k", "v");

    assertThat(sdk.get("k")).isEqualTo("v");
    assertThat(sdk.get("absent")).isEqualTo("miss");
  }

  @Test
  void get_bytesOfAnyKind_areKept() {
    byte[] bytes = {0, -1, 10, 127};
    sdk.client.set(CACHE, bytes, bytes).join();

    assertThat(sdk.client.get(CACHE, bytes).join())
        .isInstanceOfSatisfying(
            GetResponse.Hit.class, hit -> assertThat(hit.valueByteArray()).isEqualTo(bytes));
  }

  @Test
  void get_emptyKeyAndValue_isHit() {
    sdk.set("", "");

    assertThat(sdk.get("")).isEmpty();
  }

  @Test
  void get_unknownCache_isCacheNotFound() {
    assertThat(sdk.client.get("nowhere", "k").join())
        .isInstanceOfSatisfying(
            GetResponse.Error.class,
            error -> assertThat(error).hasCauseInstanceOf(CacheNotFoundException.class));
  }

  @Test
  void delete_keySetBefore_isMissAfterwards() {
    sdk.set("k", "v");
    sdk.client.delete(CACHE, "k").join();

    assertThat(sdk.get("k")).isEqualTo("miss");
  }

  @Test
  void getBatch_someKeysSet_answersForEach() {
    sdk.client.setBatch(CACHE, Map.of("a", "1", "b", "2")).join();

    assertThat(sdk.client.getBatch(CACHE, List.of("a", "x", "b")).join())
        .isInstanceOfSatisfying(
            GetBatchResponse.Success.class,
            batch ->
                assertThat(batch.valueMapStringString())
                    .containsExactlyInAnyOrderEntriesOf(Map.of("a", "1", "b", "2")));
  }

  @Test
  void setBatch_unknownCache_isError() {
    assertThat(sdk.client.setBatch("nowhere", Map.of("a", "1")).join())
        .isInstanceOf(SetBatchResponse.Error.class);
  }

  @Test
  void setIfNotExists_twice_storesTheFirst() {
    assertThat(sdk.client.setIfNotExists(CACHE, "k", "1").join())
        .isInstanceOf(SetIfNotExistsResponse.Stored.class);
    assertThat(sdk.client.setIfNotExists(CACHE, "k", "2").join())
        .isInstanceOf(SetIfNotExistsResponse.NotStored.class);
    assertThat(sdk.get("k")).isEqualTo("1");
  }

  @Test
  void increment_number_addsToIt() {
    sdk.set("k", "40");

    assertThat(sdk.client.increment(CACHE, "k", 2).join())
        .isInstanceOfSatisfying(
            IncrementResponse.Success.class, sum -> assertThat(sum.valueNumber()).isEqualTo(42));
    assertThat(sdk.get("k")).isEqualTo("42");
  }

  @Test
  void increment_text_isBadRequest() {
    sdk.set("k", "v");

    assertThat(sdk.client.increment(CACHE, "k", 1).join())
        .isInstanceOfSatisfying(
            IncrementResponse.Error.class,
            error -> assertThat(error.getErrorCode().name()).isEqualTo("BAD_REQUEST_ERROR"));
    assertThat(sdk.get("k")).isEqualTo("v");
  }

  @ParameterizedTest
  @ValueSource(strings = {"+5", "٥", "５", "", "-", "5 ", "9223372036854775808"})
  void increment_otherFormsOfNumbers_isBadRequest(String stored) {
    sdk.set("k", stored);

    assertThat(sdk.client.increment(CACHE, "k", 1).join())
        .isInstanceOfSatisfying(
            IncrementResponse.Error.class,
            error -> assertThat(error.getErrorCode().name()).isEqualTo("BAD_REQUEST_ERROR"));
    assertThat(sdk.get("k")).isEqualTo(stored);
  }

  @Test
  void increment_negativeNumber_addsToIt() {
    sdk.set("k", "-5");

    assertThat(sdk.client.increment(CACHE, "k", 2).join())
        .isInstanceOfSatisfying(
            IncrementResponse.Success.class, sum -> assertThat(sum.valueNumber()).isEqualTo(-3));
  }

  @Test
  void set_muchMoreThanFiveMegabytes_exceedsTheRequestLimit() {
    assertThat(sdk.client.set(CACHE, "k", "x".repeat(5_300_000)).join())
        .isInstanceOfSatisfying(
            SetResponse.Error.class,
            error ->
                assertThat(error)
                    .hasCauseInstanceOf(LimitExceededException.class)
                    .hasMessageContaining("Request size limit exceeded")
                    .rootCause()
                    .hasMessageContaining("Request: 5300012 bytes (request limit: 5246976)"));
    assertThat(sdk.get("k")).isEqualTo("miss");
  }

  @Test
  void set_fiveMegabytes_isTheLimit() {
    byte[] key = {1};
    byte[] most = new byte[5 * 1024 * 1024 - 1];
    byte[] tooMuch = new byte[most.length + 1];

    assertThat(sdk.client.set(CACHE, key, most).join()).isInstanceOf(SetResponse.Success.class);
    assertThat(sdk.client.set(CACHE, key, tooMuch).join())
        .isInstanceOfSatisfying(
            SetResponse.Error.class,
            error ->
                assertThat(error)
                    .hasCauseInstanceOf(LimitExceededException.class)
                    .hasMessageContaining("Item size limit exceeded"));
  }

  @Test
  void keysExist_someSet_saysWhich() {
    sdk.set("a", "1");

    assertThat(
            sdk.stub()
                .keysExist(
                    _KeysExistRequest.newBuilder()
                        .addCacheKeys(bytes("a"))
                        .addCacheKeys(bytes("b"))
                        .build())
                .getExistsList())
        .containsExactly(true, false);
  }

  private static ByteString bytes(String text) {
    return ByteString.copyFrom(text, StandardCharsets.UTF_8);
  }
}
