package accounts.identity;

import java.util.Optional;

/**
 * What a caller shows to prove who it is.
 *
 * @param token a bearer token, not checked yet; a secret
 * @param spiffeId of its client certificate, whose chain the transport has checked
 */
public record Credentials(Optional<String> token, Optional<String> spiffeId) {

  @Override
  public String toString() {
    return "Credentials[token=%s, spiffeId=%s]".formatted(token.map(t -> "***"), spiffeId);
  }
}
