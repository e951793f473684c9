package accounts.identity;

import java.util.Optional;

/**
 * What a caller shows to prove who it is. Only who asks for it has it read: a server that lets
 * everybody in need not take a call's headers apart.
 */
public interface Credentials {

  /** Returns a bearer token, not checked yet; a secret. */
  Optional<String> token();

  /** Returns the SPIFFE id of the caller's certificate, whose chain the transport has checked. */
  Optional<String> spiffeId();
}
