package accounts.local;

import static accounts.local.Sdk.CACHE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import accounts.local.faults.Fault;
import accounts.local.faults.Faults;
import accounts.local.faults.Rule;
import com.google.protobuf.ByteString;
import grpc.cache_client._GetRequest;
import grpc.cache_client._SetRequest;
import io.grpc.Status;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import momento.sdk.CacheClient;
import momento.sdk.config.ReadConcern;
import momento.sdk.exceptions.LimitExceededException;
import momento.sdk.responses.cache.GetResponse;
import momento.sdk.responses.cache.IncrementResponse;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class FaultsTest {

  private static final Duration SHORT = Duration.ofMillis(50);

  private final Sdk sdk = new Sdk();
  private final Faults faults = sdk.cache.faults();

  @AfterEach
  void close() {
    sdk.close();
  }

  @Test
  void error_onGet_hitsOnlyGet() {
    faults.add(Rule.of(Fault.ERROR).rpcs("Get").status(Status.Code.INTERNAL, ""));
    sdk.set("k", "v");

    assertThat(sdk.get("k")).isEqualTo("INTERNAL_SERVER_ERROR");
    assertThat(faults.counts()).containsEntry(Fault.ERROR, 1L);
  }

  @Test
  void error_forOneClient_sparesTheOther() {
    Door door = sdk.cache.openDoor("b");
    faults.add(Rule.of(Fault.ERROR).clients("b"));
    sdk.set("k", "v");

    try (CacheClient b = sdk.client(door.port(), ReadConcern.BALANCED)) {
      assertThat(Sdk.get(b, "k")).isEqualTo("SERVER_UNAVAILABLE");
    }
    assertThat(sdk.get("k")).isEqualTo("v");
  }

  @Test
  void door_closed_cutsItsClientOff() {
    Door door = sdk.cache.openDoor("b");
    sdk.set("k", "v");

    try (CacheClient b = sdk.client(door.port(), ReadConcern.BALANCED)) {
      assertThat(Sdk.get(b, "k")).isEqualTo("v");
      door.close();
      assertThat(Sdk.get(b, "k")).isEqualTo("SERVER_UNAVAILABLE");
    }
    assertThat(sdk.get("k")).isEqualTo("v");
  }

  @Test
  void calls_ofADoor_areCountedByMethodDespiteFaults() {
    Door door = sdk.cache.openDoor("b");
    faults.add(Rule.of(Fault.ERROR).rpcs("Get"));
    sdk.set("k", "v");

    try (CacheClient b = sdk.client(door.port(), ReadConcern.BALANCED)) {
      assertThat(Sdk.get(b, "k")).isEqualTo("SERVER_UNAVAILABLE");
      assertThat(b.getBatch(CACHE, List.of("k")).join()).isNotNull();
      assertThat(door.calls()).containsEntry("Get", 1L).containsEntry("GetBatch", 1L);
    }
    assertThat(door.calls()).doesNotContainKey("Set");
  }

  @Test
  void errorAfter_onIncrement_appliesAndFails() {
    long rule = faults.add(Rule.of(Fault.ERROR_AFTER).rpcs("Increment"));

    assertThat(sdk.client.increment(CACHE, "k", 1).join())
        .isInstanceOf(IncrementResponse.Error.class);
    assertThat(sdk.get("k")).isEqualTo("1");
    assertThat(faults.injected(rule)).isEqualTo(1);
  }

  @Test
  void drop_onSet_neitherAppliesNorAnswers() {
    faults.add(Rule.of(Fault.DROP).rpcs("Set"));

    assertThatThrownBy(() -> rawSet("k", "v")).hasMessageContaining("DEADLINE_EXCEEDED");
    assertThat(sdk.get("k")).isEqualTo("miss");
  }

  @Test
  void dropAnswer_onSet_appliesAndDoesNotAnswer() {
    faults.add(Rule.of(Fault.DROP_ANSWER).rpcs("Set"));

    assertThatThrownBy(() -> rawSet("k", "v")).hasMessageContaining("DEADLINE_EXCEEDED");
    assertThat(sdk.get("k")).isEqualTo("v");
  }

  @Test
  void late_onSet_appliesAfterItsCallersDeadline() {
    faults.add(Rule.of(Fault.LATE).rpcs("Set").delay(Duration.ofSeconds(1)));

    assertThatThrownBy(() -> rawSet("k", "v")).hasMessageContaining("DEADLINE_EXCEEDED");
    assertThat(sdk.get("k")).isEqualTo("miss");
    assertThat(eventually(() -> sdk.get("k"), "v")).isEqualTo("v");
  }

  @Test
  void delay_onSet_appliesAfterIt() {
    faults.add(Rule.of(Fault.DELAY).rpcs("Set").delay(SHORT));

    long begin = System.nanoTime();
    sdk.set("k", "v");
    assertThat(Duration.ofNanos(System.nanoTime() - begin)).isGreaterThanOrEqualTo(SHORT);
    assertThat(sdk.get("k")).isEqualTo("v");
  }

  @Test
  void duplicate_onIncrement_countsTwice() {
    faults.add(Rule.of(Fault.DUPLICATE).rpcs("Increment").delay(SHORT));

    assertThat(sdk.client.increment(CACHE, "k", 1).join())
        .isInstanceOfSatisfying(
            IncrementResponse.Success.class, sum -> assertThat(sum.valueNumber()).isEqualTo(1));
    assertThat(eventually(() -> sdk.get("k"), "2")).isEqualTo("2");
  }

  @Test
  void throttle_aboveTheRate_isLimitExceeded() {
    faults.add(Rule.of(Fault.THROTTLE).rpcs("Get").perSecond(0));

    assertThat(sdk.client.get(CACHE, "k").join())
        .isInstanceOfSatisfying(
            GetResponse.Error.class,
            error ->
                assertThat(error)
                    .hasCauseInstanceOf(LimitExceededException.class)
                    .hasMessageContaining("Request rate limit exceeded"));
  }

  @Test
  void lag_balancedReads_seeThePast() {
    faults.add(Rule.of(Fault.LAG).delay(Duration.ofSeconds(5)));
    sdk.set("k", "old");
    sdk.ticker.advance(Duration.ofSeconds(10));
    sdk.set("k", "new");

    assertThat(sdk.get("k")).isEqualTo("old");
    try (CacheClient consistent = sdk.client(sdk.cache.port(), ReadConcern.CONSISTENT)) {
      assertThat(Sdk.get(consistent, "k")).isEqualTo("new");
    }
    sdk.ticker.advance(Duration.ofSeconds(6));
    assertThat(sdk.get("k")).isEqualTo("new");
  }

  @Test
  void lag_deletedKey_isSeenAWhileLonger() {
    faults.add(Rule.of(Fault.LAG).delay(Duration.ofSeconds(5)));
    sdk.set("k", "v");
    sdk.ticker.advance(Duration.ofSeconds(10));
    sdk.client.delete(CACHE, "k").join();

    assertThat(sdk.get("k")).isEqualTo("v");
    sdk.ticker.advance(Duration.ofSeconds(6));
    assertThat(sdk.get("k")).isEqualTo("miss");
  }

  @Test
  void garbage_onGet_altersTheValue() {
    faults.add(Rule.of(Fault.GARBAGE).rpcs("Get"));
    sdk.set("k", "value");

    assertThat(sdk.get("k")).isNotEqualTo("value").isNotEqualTo("miss");
    faults.clear();
    assertThat(sdk.get("k")).isEqualTo("value");
  }

  @Test
  void limit_reached_sparesTheRest() {
    faults.add(Rule.of(Fault.ERROR).rpcs("Get").limit(2));
    sdk.set("k", "v");

    assertThat(List.of(sdk.get("k"), sdk.get("k"), sdk.get("k")))
        .containsExactly("SERVER_UNAVAILABLE", "SERVER_UNAVAILABLE", "v");
  }

  @Test
  void probability_sameSeed_hitsTheSameCalls() {
    List<String> first = half();
    try (Sdk again = new Sdk()) {
      again.cache.faults().add(Rule.of(Fault.ERROR).rpcs("Get").probability(0.5));
      List<String> second = new ArrayList<>();
      for (int i = 0; i < 40; i++) {
        second.add(again.get("k"));
      }
      assertThat(second).isEqualTo(first).contains("miss", "SERVER_UNAVAILABLE");
    }
  }

  private List<String> half() {
    faults.add(Rule.of(Fault.ERROR).rpcs("Get").probability(0.5));
    List<String> answers = new ArrayList<>();
    for (int i = 0; i < 40; i++) {
      answers.add(sdk.get("k"));
    }
    return answers;
  }

  @Test
  void remove_rule_endsItsFault() {
    long rule = faults.add(Rule.of(Fault.ERROR));

    assertThat(faults.rules()).containsOnlyKeys(rule);
    assertThat(faults.remove(rule)).isTrue();
    assertThat(sdk.get("k")).isEqualTo("miss");
    assertThat(faults.rules()).isEqualTo(Map.of());
  }

  /** Sets with a deadline of 150 ms. */
  private void rawSet(String key, String value) {
    // Connects first, so that the short deadline covers only the call.
    ByteString cacheKey = ByteString.copyFromUtf8(key);
    var unused = sdk.stub().get(_GetRequest.newBuilder().setCacheKey(cacheKey).build());
    sdk.stub()
        .withDeadlineAfter(Duration.ofMillis(150))
        .set(
            _SetRequest.newBuilder()
                .setCacheKey(cacheKey)
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
