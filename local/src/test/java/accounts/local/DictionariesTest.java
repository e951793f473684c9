package accounts.local;

import static accounts.local.Sdk.CACHE;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import grpc.cache_client._DictionaryGetRequest;
import grpc.cache_client._DictionaryGetResponse;
import grpc.cache_client._DictionaryLengthRequest;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import momento.sdk.exceptions.LimitExceededException;
import momento.sdk.requests.CollectionTtl;
import momento.sdk.responses.cache.GetResponse;
import momento.sdk.responses.cache.dictionary.DictionaryFetchResponse;
import momento.sdk.responses.cache.dictionary.DictionaryGetFieldResponse;
import momento.sdk.responses.cache.dictionary.DictionaryGetFieldsResponse;
import momento.sdk.responses.cache.dictionary.DictionaryIncrementResponse;
import momento.sdk.responses.cache.dictionary.DictionarySetFieldResponse;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class DictionariesTest {

  private final Sdk sdk = new Sdk();

  @AfterEach
  void close() {
    sdk.close();
  }

  @Test
  void fetch_afterTwoSets_hasBothFields() {
    sdk.client.dictionarySetField(CACHE, "d", "a", "1").join();
    sdk.client.dictionarySetFields(CACHE, "d", Map.of("b", "2")).join();

    assertThat(fetch()).containsExactlyInAnyOrderEntriesOf(Map.of("a", "1", "b", "2"));
    assertThat(length()).isEqualTo(2);
  }

  @Test
  void get_noFields_isFoundOrMissing() {
    sdk.client.dictionarySetField(CACHE, "d", "a", "1").join();

    assertThat(getNothing("d").hasFound()).isTrue();
    assertThat(getNothing("absent").hasMissing()).isTrue();
  }

  private _DictionaryGetResponse getNothing(String dictionary) {
    return sdk.stub()
        .dictionaryGet(
            _DictionaryGetRequest.newBuilder()
                .setDictionaryName(ByteString.copyFromUtf8(dictionary))
                .build());
  }

  @Test
  void getFields_someAbsent_answersForEach() {
    sdk.client.dictionarySetField(CACHE, "d", "a", "1").join();

    assertThat(sdk.client.dictionaryGetFields(CACHE, "d", List.of("x", "a")).join())
        .isInstanceOfSatisfying(
            DictionaryGetFieldsResponse.Hit.class,
            hit -> assertThat(hit.valueMap()).containsExactly(Map.entry("a", "1")));
    assertThat(sdk.client.dictionaryGetField(CACHE, "d", "x").join())
        .isInstanceOf(DictionaryGetFieldResponse.Miss.class);
  }

  @Test
  void getFields_noDictionary_isMiss() {
    assertThat(sdk.client.dictionaryGetFields(CACHE, "d", List.of("a")).join())
        .isInstanceOf(DictionaryGetFieldsResponse.Miss.class);
  }

  @Test
  void increment_fieldOfNumbersThenText_addsThenRefuses() {
    sdk.client.dictionaryIncrement(CACHE, "d", "n", 40).join();

    assertThat(sdk.client.dictionaryIncrement(CACHE, "d", "n", 2).join())
        .isInstanceOfSatisfying(
            DictionaryIncrementResponse.Success.class,
            sum -> assertThat(sum.value()).isEqualTo(42));
    sdk.client.dictionarySetField(CACHE, "d", "n", "text").join();
    assertThat(sdk.client.dictionaryIncrement(CACHE, "d", "n", 2).join())
        .isInstanceOf(DictionaryIncrementResponse.Error.class);
  }

  @Test
  void removeFields_theLast_removesTheDictionary() {
    sdk.client.dictionarySetFields(CACHE, "d", Map.of("a", "1", "b", "2")).join();

    sdk.client.dictionaryRemoveField(CACHE, "d", "a").join();
    assertThat(fetch()).containsExactly(Map.entry("b", "2"));
    sdk.client.dictionaryRemoveFields(CACHE, "d", List.of("b")).join();
    assertThat(sdk.client.dictionaryFetch(CACHE, "d").join())
        .isInstanceOf(DictionaryFetchResponse.Miss.class);
  }

  @Test
  void set_withoutRefresh_keepsTheFirstTtl() {
    set(CollectionTtl.of(Duration.ofSeconds(10)).withNoRefreshTtlOnUpdates());
    sdk.ticker.advance(Duration.ofSeconds(6));
    set(CollectionTtl.of(Duration.ofSeconds(10)).withNoRefreshTtlOnUpdates());
    sdk.ticker.advance(Duration.ofSeconds(6));

    assertThat(fetch()).isEmpty();
  }

  @Test
  void set_withRefresh_beginsTheTtlAnew() {
    set(CollectionTtl.of(Duration.ofSeconds(10)));
    sdk.ticker.advance(Duration.ofSeconds(6));
    set(CollectionTtl.of(Duration.ofSeconds(10)));
    sdk.ticker.advance(Duration.ofSeconds(6));

    assertThat(fetch()).containsKey("f");
  }

  @Test
  void set_largeElement_isLimitExceeded() {
    assertThat(sdk.client.dictionarySetField(CACHE, "d", "f", "x".repeat(128 * 1024)).join())
        .isInstanceOfSatisfying(
            DictionarySetFieldResponse.Error.class,
            error -> assertThat(error).hasCauseInstanceOf(LimitExceededException.class));
  }

  @Test
  void get_keyOfDictionary_isError() {
    sdk.client.dictionarySetField(CACHE, "d", "f", "v").join();

    assertThat(sdk.client.get(CACHE, "d").join()).isInstanceOf(GetResponse.Error.class);
  }

  private void set(CollectionTtl ttl) {
    assertThat(sdk.client.dictionarySetField(CACHE, "d", "f", "v", ttl).join())
        .isInstanceOf(DictionarySetFieldResponse.Success.class);
  }

  private Map<String, String> fetch() {
    return sdk.client.dictionaryFetch(CACHE, "d").join() instanceof DictionaryFetchResponse.Hit hit
        ? hit.valueMap()
        : Map.of();
  }

  private int length() {
    return sdk.stub()
        .dictionaryLength(
            _DictionaryLengthRequest.newBuilder()
                .setDictionaryName(ByteString.copyFromUtf8("d"))
                .build())
        .getFound()
        .getLength();
  }
}
