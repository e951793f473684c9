package accounts.local;

import static accounts.local.Sdk.CACHE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import accounts.local.faults.Fault;
import accounts.local.faults.Rule;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class ForgetTest {

  private final Sdk sdk = new Sdk();

  @AfterEach
  void close() {
    sdk.close();
  }

  @Test
  void forget_keysThatMatch_losesOnlyThose() {
    sdk.set("user/1", "a");
    sdk.set("user/2", "b");
    sdk.set("organization/1", "c");

    assertThat(sdk.cache.forget(CACHE, key -> key.contains("user/"))).isEqualTo(2);

    assertThat(sdk.get("user/1")).isEqualTo("miss");
    assertThat(sdk.get("user/2")).isEqualTo("miss");
    assertThat(sdk.get("organization/1")).isEqualTo("c");
  }

  @Test
  void forget_expiredItem_doesNotCountIt() {
    sdk.set("k", "v");
    sdk.ticker.advance(Duration.ofMinutes(2));

    assertThat(sdk.cache.forget(CACHE, key -> true)).isZero();
  }

  @Test
  void forget_replicaLags_showsItAWhileLonger() {
    sdk.cache.faults().add(Rule.of(Fault.LAG).delay(Duration.ofSeconds(5)));
    sdk.set("k", "v");
    sdk.ticker.advance(Duration.ofSeconds(10));

    assertThat(sdk.cache.forget(CACHE, "k"::equals)).isEqualTo(1);

    assertThat(sdk.get("k")).isEqualTo("v");
    sdk.ticker.advance(Duration.ofSeconds(6));
    assertThat(sdk.get("k")).isEqualTo("miss");
  }

  @Test
  void forget_unknownCache_isNotFound() {
    assertThatThrownBy(() -> sdk.cache.forget("nowhere", key -> true))
        .hasMessageContaining("Cache not found: nowhere");
  }
}
