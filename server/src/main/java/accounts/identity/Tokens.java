package accounts.identity;

import accounts.async.CallScope;
import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.nimbusds.jwt.SignedJWT;
import java.text.ParseException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Finds the caller of a token. A token that was checked is remembered for a while, so that a
 * caller's next calls cost a lookup.
 */
final class Tokens {

  /** Longer ones are not parsed; those of Kubernetes have about 1,200 characters. */
  private static final int LONGEST = 8 * 1024;

  private static final int REMEMBERED = 10_000;
  private static final Duration REMEMBERED_FOR = Duration.ofMinutes(5);

  private final Map<String, Issuer> issuers;
  private final InstantSource clock;
  private final Cache<String, Checked> checked =
      Caffeine.newBuilder().maximumSize(REMEMBERED).expireAfterWrite(REMEMBERED_FOR).build();

  /**
   * A token that was checked.
   *
   * @param untilMillis when it expires, in milliseconds since 1970
   */
  record Checked(Caller caller, long untilMillis) {}

  Tokens(List<Issuer> issuers, InstantSource clock) {
    this.issuers = issuers.stream().collect(Collectors.toMap(Issuer::name, Function.identity()));
    this.clock = clock;
  }

  CompletableFuture<Caller> caller(String token, CallScope scope) {
    Checked known = checked.getIfPresent(token);
    if (known != null && clock.millis() < known.untilMillis()) {
      return CompletableFuture.completedFuture(known.caller());
    }
    if (token.length() > LONGEST) {
      return Callers.unauthenticated(
          "token of %d characters (expected: %d at most)".formatted(token.length(), LONGEST));
    }
    return parsed(token)
        .map(jwt -> check(token, jwt, scope))
        .orElseGet(() -> Callers.unauthenticated("malformed token (expected: a signed JWT)"));
  }

  private CompletableFuture<Caller> check(String token, SignedJWT jwt, CallScope scope) {
    Issuer issuer = issuers.get(issuerOf(jwt));
    if (issuer == null) {
      return Callers.unauthenticated("token of an issuer that is not known here");
    }
    return issuer
        .check(jwt, scope)
        .thenApply(result -> {
          checked.put(token, result);
          return result.caller();
        });
  }

  private static Optional<SignedJWT> parsed(String token) {
    try {
      SignedJWT jwt = SignedJWT.parse(token);
      return jwt.getJWTClaimsSet() == null ? Optional.empty() : Optional.of(jwt);
    } catch (ParseException e) {
      return Optional.empty();
    }
  }

  private static String issuerOf(SignedJWT jwt) {
    try {
      @Nullable String issuer = jwt.getJWTClaimsSet().getIssuer();
      return issuer == null ? "" : issuer;
    } catch (ParseException e) {
      throw new IllegalStateException("parsed before", e);
    }
  }
}
