package accounts.identity;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(20)
final class IssuerKeysTest {

  private static final Duration PAUSE = Duration.ofSeconds(5);

  private final AtomicLong nanos = new AtomicLong();
  private final AtomicInteger fetches = new AtomicInteger();
  private volatile List<JWK> published = List.of(key("first"));
  private volatile boolean down;
  private final CompletableFuture<Void> gate = new CompletableFuture<>();

  @AutoClose private final IssuerKeys keys = new IssuerKeys("issuer", this::fetch, nanos::get);

  private JWKSet fetch() throws IOException {
    fetches.incrementAndGet();
    gate.join();
    if (down) {
      throw new IOException("down");
    }
    return new JWKSet(published);
  }

  private static JWK key(String id) {
    try {
      return new ECKeyGenerator(Curve.P_256).keyID(id).generate();
    } catch (JOSEException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void refreshed_concurrentCallers_shareAFetch() {
    CompletableFuture<Void> one = keys.refreshed();
    CompletableFuture<Void> other = keys.refreshed();

    assertThat(List.of(one, other)).noneMatch(CompletableFuture::isDone);
    gate.complete(null);
    CompletableFuture.allOf(one, other).join();
    assertThat(fetches).hasValue(1);
    assertThat(keys.has("first")).isTrue();
    assertThat(keys.has(null)).isTrue();
    assertThat(keys.has("second")).isFalse();
  }

  @Test
  void refreshed_againAndAgain_fetchesThriceAndThenOnceInAPause() {
    gate.complete(null);
    for (int i = 0; i < 10; i++) {
      keys.refreshed().join();
    }
    assertThat(fetches).hasValue(3);

    nanos.addAndGet(PAUSE.toNanos() - 1);
    keys.refreshed().join();
    assertThat(fetches).hasValue(3);

    nanos.addAndGet(1);
    keys.refreshed().join();
    keys.refreshed().join();
    assertThat(fetches).hasValue(4);
  }

  @Test
  void refreshed_keysRotated_knowsTheNewOnes() {
    gate.complete(null);
    keys.refreshed().join();
    published = List.of(key("second"));
    nanos.addAndGet(PAUSE.toNanos());
    keys.refreshed().join();

    assertThat(keys.has("second")).isTrue();
    assertThat(keys.has("first")).isFalse();
  }

  @Test
  void refreshed_issuerDown_keepsTheLastKeys() {
    gate.complete(null);
    keys.refreshed().join();
    down = true;
    nanos.addAndGet(PAUSE.toNanos());
    keys.refreshed().join();

    assertThat(fetches).hasValue(2);
    assertThat(keys.has("first")).isTrue();
  }

  // An answer without any key would lock everybody out.
  @Test
  void refreshed_noKeysPublished_keepsTheLastKeys() {
    gate.complete(null);
    keys.refreshed().join();
    published = List.of();
    nanos.addAndGet(PAUSE.toNanos());
    keys.refreshed().join();

    assertThat(keys.has("first")).isTrue();
  }

  @Test
  void refreshed_downAtTheStart_knowsNoneAndThenAll() {
    gate.complete(null);
    down = true;
    keys.refreshed().join();
    assertThat(keys.isEmpty()).isTrue();
    down = false;
    nanos.addAndGet(PAUSE.toNanos());
    keys.refreshed().join();

    assertThat(keys.has("first")).isTrue();
  }

  @Test
  void current_holdsNoPrivateKeys() {
    gate.complete(null);
    keys.refreshed().join();

    assertThat(keys.current().getKeys()).noneMatch(JWK::isPrivate);
  }
}
