package accounts.identity;

import accounts.async.CallScope;
import accounts.async.Futures;
import accounts.domain.AccountError.Unauthenticated;
import accounts.domain.AccountException;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.LongSupplier;

/** Authenticates by token or, where there is none, by client certificate. */
public final class Callers implements Authenticator, AutoCloseable {

  private final List<IssuerKeys> keys;
  private final Tokens tokens;
  private final Map<String, Set<Scope>> spiffe;

  private Callers(List<IssuerKeys> keys, Tokens tokens, Map<String, Set<Scope>> spiffe) {
    this.keys = keys;
    this.tokens = tokens;
    this.spiffe = spiffe;
  }

  /**
   * Begins to fetch the issuers' keys.
   *
   * @param clock what tokens' times are compared with
   * @param nanoTime paces the fetches, in nanoseconds from any origin
   */
  public static Callers start(IdentitySettings settings, Clock clock, LongSupplier nanoTime) {
    List<IssuerKeys> keys =
        settings.issuers().stream()
            .map(issuer -> new IssuerKeys(issuer.name(), KeySource.of(issuer), nanoTime))
            .toList();
    List<Issuer> issuers =
        java.util.stream.IntStream.range(0, keys.size())
            .mapToObj(i -> new Issuer(settings.issuers().get(i), keys.get(i), clock))
            .toList();
    keys.forEach(IssuerKeys::start);
    return new Callers(keys, new Tokens(issuers, clock), settings.spiffe());
  }

  @Override
  public CompletableFuture<Caller> authenticate(Credentials credentials, CallScope scope) {
    return credentials
        .token()
        .map(token -> tokens.caller(token, scope))
        .orElseGet(() -> byCertificate(credentials.spiffeId()));
  }

  private CompletableFuture<Caller> byCertificate(Optional<String> spiffeId) {
    if (spiffeId.isEmpty()) {
      return unauthenticated("neither a bearer token nor a client certificate with a SPIFFE id");
    }
    Set<Scope> scopes = spiffe.get(spiffeId.get());
    return scopes == null
        ? unauthenticated("SPIFFE id %s is not known here".formatted(spiffeId.get()))
        : CompletableFuture.completedFuture(new Caller(spiffeId.get(), Optional.empty(), scopes));
  }

  static <T> CompletableFuture<T> unauthenticated(String why) {
    return Futures.failed(failure(why));
  }

  static AccountException failure(String why) {
    return new AccountException(new Unauthenticated(why));
  }

  /** Stops fetching keys. */
  @Override
  public void close() {
    keys.forEach(IssuerKeys::close);
  }
}
