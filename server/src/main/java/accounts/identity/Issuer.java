package accounts.identity;

import accounts.async.CallScope;
import accounts.async.Futures;
import accounts.domain.AccountError.IssuerUnavailable;
import accounts.domain.AccountException;
import accounts.domain.InvalidValueException;
import accounts.domain.Username;
import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.proc.BadJOSEException;
import com.nimbusds.jose.proc.DefaultJOSEObjectTypeVerifier;
import com.nimbusds.jose.proc.JWSVerificationKeySelector;
import com.nimbusds.jose.proc.SecurityContext;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import com.nimbusds.jwt.proc.BadJWTException;
import com.nimbusds.jwt.proc.DefaultJWTProcessor;
import com.nimbusds.jwt.proc.JWTClaimsSetVerifier;
import java.text.ParseException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Checks the tokens of one issuer. */
@SuppressWarnings("JavaUtilDate") // the JWT library has nothing else
final class Issuer {

  /** Signatures with a public key only: with HMAC, whoever checks tokens could make them. */
  private static final Set<JWSAlgorithm> ALGORITHMS =
      Set.of(
          JWSAlgorithm.RS256,
          JWSAlgorithm.RS384,
          JWSAlgorithm.RS512,
          JWSAlgorithm.PS256,
          JWSAlgorithm.PS384,
          JWSAlgorithm.PS512,
          JWSAlgorithm.ES256,
          JWSAlgorithm.ES384,
          JWSAlgorithm.ES512);

  /** How far the issuer's clock may be off. */
  private static final Duration SKEW = Duration.ofSeconds(30);

  /** It is in every entry of the audit trail, a page of which must fit into a response. */
  private static final int LONGEST_SUBJECT = 1024;

  private static final Duration LONGEST_WAIT_FOR_KEYS = Duration.ofSeconds(5);

  /** Soon, since another instance may have the keys. */
  private static final Duration RETRY_AFTER = Duration.ofSeconds(1);

  private final IdentitySettings.Issuer settings;
  private final IssuerKeys keys;
  private final Clock clock;
  private final DefaultJWTProcessor<SecurityContext> processor = new DefaultJWTProcessor<>();

  Issuer(IdentitySettings.Issuer settings, IssuerKeys keys, Clock clock) {
    this.settings = settings;
    this.keys = keys;
    this.clock = clock;
    // RFC 9068's type for access tokens, the usual one, or none.
    processor.setJWSTypeVerifier(
        new DefaultJOSEObjectTypeVerifier<>(
            JOSEObjectType.JWT, new JOSEObjectType("at+jwt"), null));
    processor.setJWSKeySelector(
        new JWSVerificationKeySelector<>(
            ALGORITHMS, (selector, context) -> selector.select(keys.current())));
    JWTClaimsSetVerifier<SecurityContext> claims = (set, context) -> checkClaims(set);
    processor.setJWTClaimsSetVerifier(claims);
  }

  String name() {
    return settings.name();
  }

  /** Checks a token; where its key is not known, after the keys were fetched again. */
  CompletableFuture<Tokens.Checked> check(SignedJWT jwt, CallScope scope) {
    if (!ALGORITHMS.contains(jwt.getHeader().getAlgorithm())) {
      return Callers.unauthenticated("token with an algorithm that is not accepted here");
    }
    @Nullable String id = jwt.getHeader().getKeyID();
    return keys.has(id)
        ? Futures.started(() -> CompletableFuture.completedFuture(checked(jwt)))
        : scope
            .run(LONGEST_WAIT_FOR_KEYS, time -> keys.refreshed())
            .handle((fetched, late) -> checked(jwt, scope));
  }

  private Tokens.Checked checked(SignedJWT jwt, CallScope scope) {
    if (scope.isOver()) { // and nobody knows whether the token is good
      throw new CancellationException("the caller's time is over");
    }
    return checked(jwt);
  }

  private Tokens.Checked checked(SignedJWT jwt) {
    if (!keys.has(jwt.getHeader().getKeyID())) {
      throw keys.isEmpty()
          ? new AccountException(new IssuerUnavailable(settings.name(), RETRY_AFTER))
          : Callers.failure("token signed with a key that the issuer does not publish");
    }
    try {
      JWTClaimsSet claims = processor.process(jwt, null);
      return new Tokens.Checked(caller(claims), claims.getExpirationTime().getTime());
    } catch (BadClaimException e) {
      throw Callers.failure(e.reason);
    } catch (BadJOSEException | JOSEException e) {
      throw Callers.failure("token with a bad signature");
    } catch (ParseException e) {
      throw Callers.failure("token with malformed claims");
    }
  }

  private void checkClaims(JWTClaimsSet claims) throws BadClaimException {
    Instant now = clock.instant();
    if (!claims.getAudience().contains(settings.audience())) {
      throw new BadClaimException(
          "token for another audience (expected: %s)".formatted(settings.audience()));
    }
    if (claims.getSubject() == null || claims.getSubject().isEmpty()) {
      throw new BadClaimException("token without a subject");
    }
    if (claims.getSubject().length() > LONGEST_SUBJECT) {
      throw new BadClaimException(
          "token with a subject of %s characters (expected: %s at most)"
              .formatted(claims.getSubject().length(), LONGEST_SUBJECT));
    }
    @Nullable Date expires = claims.getExpirationTime();
    if (expires == null) {
      throw new BadClaimException("token without an expiry");
    }
    if (!expires.toInstant().plus(SKEW).isAfter(now)) {
      throw new BadClaimException("token expired");
    }
    @Nullable Date notBefore = claims.getNotBeforeTime();
    if (notBefore != null && notBefore.toInstant().minus(SKEW).isAfter(now)) {
      throw new BadClaimException("token not yet valid");
    }
  }

  private Caller caller(JWTClaimsSet claims) throws ParseException {
    Set<Scope> scopes = EnumSet.noneOf(Scope.class);
    scopes.addAll(settings.subjects().getOrDefault(claims.getSubject(), Set.of()));
    listed(claims).map(Scope::of).flatMap(Optional::stream).forEach(scopes::add);
    return new Caller(settings.name() + " " + claims.getSubject(), person(claims), scopes);
  }

  /** Scopes of other services are none of ours. */
  private Stream<String> listed(JWTClaimsSet claims) throws ParseException {
    return switch (claims.getClaim(settings.scopesClaim())) {
      case null -> Stream.empty();
      case String text -> Stream.of(text.split(" "));
      case List<?> list -> list.stream().map(String::valueOf);
      default -> throw new ParseException(settings.scopesClaim(), 0);
    };
  }

  /** A name that is no username must not make a person a service. */
  private Optional<Username> person(JWTClaimsSet claims) throws ParseException {
    if (settings.personClaim().isEmpty()) {
      return Optional.empty();
    }
    @Nullable String name = claims.getStringClaim(settings.personClaim().get());
    try {
      return Optional.ofNullable(name).map(Username::new);
    } catch (InvalidValueException e) {
      throw Callers.failure(
          "token whose %s is no username".formatted(settings.personClaim().get()));
    }
  }

  /** A claim that is not as expected. */
  private static final class BadClaimException extends BadJWTException {

    private final String reason;

    BadClaimException(String reason) {
      super(reason);
      this.reason = reason;
    }
  }
}
