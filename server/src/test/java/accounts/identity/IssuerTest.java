package accounts.identity;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import accounts.async.CallScope;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What becomes of a token whose key is being fetched. */
@Timeout(20)
final class IssuerTest {

  private final CompletableFuture<JWKSet> fetched = new CompletableFuture<>();

  @AutoClose
  private final IssuerKeys keys = new IssuerKeys("issuer", fetched::join, System::nanoTime);

  private final Issuer issuer =
      new Issuer(
          new IdentitySettings.Issuer(
              "issuer",
              "accounts",
              URI.create("https://issuer.example/keys"),
              Optional.empty(),
              Optional.empty(),
              "scope",
              Optional.empty(),
              Map.of()),
          keys,
          Clock.systemUTC());

  // Nobody knows yet whether the token is good: to call it bad would send people to the issuer.
  @Test
  void check_callersTimeIsOverBeforeTheKeysAreThere_isNoFaultOfTheToken() {
    SignedJWT token =
        new SignedJWT(
            new JWSHeader.Builder(JWSAlgorithm.ES256).keyID("new").build(),
            new JWTClaimsSet.Builder().build());
    CompletableFuture<?> checked = issuer.check(token, CallScope.of(Duration.ofMillis(50)));

    assertThatThrownBy(checked::join).hasCauseInstanceOf(CancellationException.class);
    fetched.complete(new JWKSet());
  }
}
