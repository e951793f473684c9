package accounts.local;

import static accounts.local.Sdk.CACHE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import accounts.local.faults.Fault;
import accounts.local.faults.Faults;
import accounts.local.faults.Rule;
import accounts.local.faults.RuleText;
import com.google.protobuf.ByteString;
import grpc.cache_client._GetRequest;
import grpc.cache_client._SetIfRequest;
import grpc.cache_client._SetIfResponse;
import grpc.common.Absent;
import grpc.common.Equal;
import java.time.Duration;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Tests each fault on compare-and-set calls. */
final class SetIfFaultsTest {

  private final Sdk sdk = new Sdk();
  private final Faults faults = sdk.cache.faults();

  @AfterEach
  void close() {
    sdk.close();
  }

  @Test
  void delay_onSetIf_storesAfterIt() {
    faults.add(RuleText.parse("delay rpc=SetIf delay=50ms"));

    long begin = System.nanoTime();
    assertThat(setIfAbsent("v").hasStored()).isTrue();
    assertThat(Duration.ofNanos(System.nanoTime() - begin))
        .isGreaterThanOrEqualTo(Duration.ofMillis(50));
  }

  @Test
  void drop_onSetIf_neitherStoresNorAnswers() {
    faults.add(RuleText.parse("drop rpc=SetIf"));

    assertThatThrownBy(() -> setIfAbsent("v")).hasMessageContaining("DEADLINE_EXCEEDED");
    assertThat(sdk.get("k")).isEqualTo("miss");
  }

  @Test
  void dropAnswer_onSetIf_storesAndDoesNotAnswer() {
    faults.add(RuleText.parse("drop-answer rpc=SetIf"));

    assertThatThrownBy(() -> setIfAbsent("v")).hasMessageContaining("DEADLINE_EXCEEDED");
    assertThat(sdk.get("k")).isEqualTo("v");
  }

  @Test
  void duplicate_onSetIf_storesAgainWhenTheConditionHoldsAgain() {
    faults.add(RuleText.parse("duplicate rpc=SetIf delay=1s limit=1"));

    assertThat(setIfAbsent("v").hasStored()).isTrue();
    sdk.client.delete(CACHE, "k").join();

    assertThat(eventually(() -> sdk.get("k"), "v")).isEqualTo("v");
  }

  @Test
  void late_onSetIf_checksTheConditionWhenItIsHandled() {
    faults.add(RuleText.parse("late rpc=SetIf delay=2s limit=2"));

    assertThatThrownBy(() -> setIfEqual("old", "new")).hasMessageContaining("DEADLINE_EXCEEDED");
    assertThatThrownBy(() -> setIfEqual("other", "no")).hasMessageContaining("DEADLINE_EXCEEDED");
    sdk.set("k", "old");

    assertThat(eventually(() -> sdk.get("k"), "new")).isEqualTo("new");
  }

  @Test
  void error_onSetIf_storesNothing() {
    faults.add(RuleText.parse("error rpc=SetIf code=unavailable"));

    assertThatThrownBy(() -> setIfAbsent("v")).hasMessageContaining("UNAVAILABLE");
    assertThat(sdk.get("k")).isEqualTo("miss");
  }

  @Test
  void errorAfter_onSetIf_storesAndFails() {
    faults.add(RuleText.parse("error-after rpc=SetIf code=unavailable"));

    assertThatThrownBy(() -> setIfAbsent("v")).hasMessageContaining("UNAVAILABLE");
    assertThat(sdk.get("k")).isEqualTo("v");
  }

  @Test
  void throttle_onSetIf_refusesByOperations() {
    faults.add(RuleText.parse("throttle rpc=SetIf per-second=0"));

    assertThatThrownBy(() -> setIfAbsent("v"))
        .hasMessageContaining("RESOURCE_EXHAUSTED: injected: operations rate limit exceeded");
    assertThat(sdk.get("k")).isEqualTo("miss");
  }

  @Test
  void lag_onSetIf_comparesWithTheNewestAndReadsThePast() {
    faults.add(Rule.of(Fault.LAG).delay(Duration.ofSeconds(5)));
    sdk.set("k", "old");
    sdk.ticker.advance(Duration.ofSeconds(10));

    assertThat(setIfEqual("old", "new").hasStored()).isTrue();
    assertThat(setIfEqual("old", "newer").hasNotStored()).isTrue();

    assertThat(sdk.get("k")).isEqualTo("old");
    sdk.ticker.advance(Duration.ofSeconds(6));
    assertThat(sdk.get("k")).isEqualTo("new");
  }

  @Test
  void lag_manyRefusedSetIfs_stillShowsThePast() {
    faults.add(Rule.of(Fault.LAG).delay(Duration.ofSeconds(5)));
    sdk.set("k", "old");
    sdk.ticker.advance(Duration.ofSeconds(10));
    sdk.set("k", "new");

    for (int i = 0; i < 100; i++) {
      assertThat(setIfAbsent("another").hasNotStored()).isTrue();
    }

    assertThat(sdk.get("k")).isEqualTo("old");
  }

  @Test
  void garbage_onSetIf_answersNeitherStoredNorNotStored() {
    faults.add(RuleText.parse("garbage rpc=SetIf"));

    assertThat(setIfAbsent("v").getResultCase())
        .isEqualTo(_SetIfResponse.ResultCase.RESULT_NOT_SET);
    assertThat(sdk.get("k")).isEqualTo("v");
  }

  private _SetIfResponse setIfAbsent(String value) {
    return setIf(_SetIfRequest.newBuilder().setAbsent(Absent.getDefaultInstance()), value);
  }

  private _SetIfResponse setIfEqual(String expected, String value) {
    Equal equal = Equal.newBuilder().setValueToCheck(ByteString.copyFromUtf8(expected)).build();
    return setIf(_SetIfRequest.newBuilder().setEqual(equal), value);
  }

  /** Returns a connected stub with a deadline of 500 ms. */
  private _SetIfResponse setIf(_SetIfRequest.Builder condition, String value) {
    ByteString key = ByteString.copyFromUtf8("k");
    var unused = sdk.stub().get(_GetRequest.newBuilder().setCacheKey(key).build());
    return sdk.stub()
        .withDeadlineAfter(Duration.ofMillis(500))
        .setIf(
            condition
                .setCacheKey(key)
                .setCacheBody(ByteString.copyFromUtf8(value))
                .setTtlMilliseconds(60_000)
                .build());
  }

  /** Reads until the answer is as wanted, or for five seconds; returns the last answer. */
  private static String eventually(Supplier<String> question, String wanted) {
    long end = System.nanoTime() + Duration.ofSeconds(5).toNanos();
    String answer = question.get();
    while (!answer.equals(wanted) && System.nanoTime() < end) {
      answer = question.get();
    }
    return answer;
  }
}
