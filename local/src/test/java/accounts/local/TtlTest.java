package accounts.local;

import static accounts.local.Sdk.CACHE;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import grpc.cache_client._ItemGetTypeRequest;
import grpc.cache_client._ItemGetTypeResponse.ItemType;
import java.time.Duration;
import momento.sdk.exceptions.BadRequestException;
import momento.sdk.responses.cache.SetResponse;
import momento.sdk.responses.cache.ttl.ItemGetTtlResponse;
import momento.sdk.responses.cache.ttl.UpdateTtlResponse;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class TtlTest {

  private final Sdk sdk = new Sdk();

  @AfterEach
  void close() {
    sdk.close();
  }

  @Test
  void get_afterTtl_isMiss() {
    sdk.client.set(CACHE, "k", "v", Duration.ofSeconds(10)).join();

    sdk.ticker.advance(Duration.ofMillis(9_999));
    assertThat(sdk.get("k")).isEqualTo("v");
    sdk.ticker.advance(Duration.ofMillis(1));
    assertThat(sdk.get("k")).isEqualTo("miss");
  }

  @Test
  void set_again_beginsTheTtlAnew() {
    sdk.client.set(CACHE, "k", "v", Duration.ofSeconds(10)).join();
    sdk.ticker.advance(Duration.ofSeconds(9));
    sdk.client.set(CACHE, "k", "w", Duration.ofSeconds(10)).join();
    sdk.ticker.advance(Duration.ofSeconds(9));

    assertThat(sdk.get("k")).isEqualTo("w");
  }

  @Test
  void setIfNotExists_afterTtl_stores() {
    sdk.client.set(CACHE, "k", "v", Duration.ofSeconds(10)).join();
    sdk.ticker.advance(Duration.ofSeconds(10));
    sdk.client.setIfNotExists(CACHE, "k", "w").join();

    assertThat(sdk.get("k")).isEqualTo("w");
  }

  @Test
  void itemGetTtl_afterAWhile_isWhatRemains() {
    sdk.client.set(CACHE, "k", "v", Duration.ofSeconds(10)).join();
    sdk.ticker.advance(Duration.ofSeconds(4));

    assertThat(remaining("k")).isEqualTo(Duration.ofSeconds(6));
  }

  @Test
  void updateTtl_existingItem_overwritesItEitherWay() {
    sdk.client.set(CACHE, "k", "v", Duration.ofSeconds(10)).join();

    sdk.client.updateTtl(CACHE, "k", Duration.ofSeconds(5)).join();
    assertThat(remaining("k")).isEqualTo(Duration.ofSeconds(5));
    sdk.client.updateTtl(CACHE, "k", Duration.ofSeconds(20)).join();
    assertThat(remaining("k")).isEqualTo(Duration.ofSeconds(20));
  }

  @Test
  void updateTtl_absentItem_isMiss() {
    assertThat(sdk.client.updateTtl(CACHE, "k", Duration.ofSeconds(5)).join())
        .isInstanceOf(UpdateTtlResponse.Miss.class);
  }

  @Test
  void set_ttlOfMoreThanADay_isRefused() {
    assertThat(sdk.client.set(CACHE, "k", "v", Duration.ofHours(24)).join())
        .isInstanceOf(SetResponse.Success.class);
    assertThat(sdk.client.set(CACHE, "k", "v", Duration.ofHours(25)).join())
        .isInstanceOfSatisfying(
            SetResponse.Error.class,
            error -> assertThat(error).hasCauseInstanceOf(BadRequestException.class));
  }

  @Test
  void set_ttlOfNothing_isRefused() {
    assertThat(sdk.client.set(CACHE, "k", "v", Duration.ZERO).join())
        .isInstanceOf(SetResponse.Error.class);
  }

  @Test
  void itemGetType_scalarAndDictionary_saysWhich() {
    sdk.set("s", "v");
    sdk.client.dictionarySetField(CACHE, "d", "f", "v").join();

    assertThat(type("s")).isEqualTo(ItemType.SCALAR);
    assertThat(type("d")).isEqualTo(ItemType.DICTIONARY);
  }

  private ItemType type(String key) {
    return sdk.stub()
        .itemGetType(
            _ItemGetTypeRequest.newBuilder().setCacheKey(ByteString.copyFromUtf8(key)).build())
        .getFound()
        .getItemType();
  }

  private Duration remaining(String key) {
    return sdk.client.itemGetTtl(CACHE, key).join() instanceof ItemGetTtlResponse.Hit hit
        ? hit.remainingTtl()
        : Duration.ZERO;
  }
}
