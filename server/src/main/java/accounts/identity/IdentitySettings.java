package accounts.identity;

import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Whom to believe, and what callers may do.
 *
 * @param issuers of tokens
 * @param spiffe the scopes of client certificates by SPIFFE id
 */
public record IdentitySettings(List<Issuer> issuers, Map<String, Set<Scope>> spiffe) {

  /**
   * An issuer of tokens.
   *
   * @param name the claim {@code iss}
   * @param audience what the claim {@code aud} must contain
   * @param keys where its keys are: a JWK set behind an http, https or file URL
   * @param keysCa the certificates of CAs that the server behind {@code keys} is checked by; empty
   *     for the platform's
   * @param keysToken a file with the bearer token to fetch the keys with, read each time
   * @param scopesClaim the claim that lists scopes: a string with spaces, or an array
   * @param personClaim the claim with the username, in the tokens of persons; empty if the issuer
   *     has none
   * @param subjects scopes by the claim {@code sub}, in addition to those of the token
   */
  public record Issuer(
      String name,
      String audience,
      URI keys,
      Optional<Path> keysCa,
      Optional<Path> keysToken,
      String scopesClaim,
      Optional<String> personClaim,
      Map<String, Set<Scope>> subjects) {}
}
