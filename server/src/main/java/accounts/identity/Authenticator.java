package accounts.identity;

import accounts.async.CallScope;
import accounts.domain.AccountError.Unauthenticated;
import java.util.concurrent.CompletableFuture;

/** Finds out who calls. */
public interface Authenticator {

  /** For servers that do not ask: every caller may do everything. */
  Authenticator ANYONE = new Anyone(CompletableFuture.completedFuture(Caller.ANYONE));

  /**
   * Returns the caller; fails with {@link Unauthenticated}.
   *
   * @param scope bounds the wait for an issuer's keys
   */
  CompletableFuture<Caller> authenticate(Credentials credentials, CallScope scope);

  /** The same answer for all. */
  record Anyone(CompletableFuture<Caller> caller) implements Authenticator {
    @Override
    public CompletableFuture<Caller> authenticate(Credentials credentials, CallScope scope) {
      return caller;
    }
  }
}
