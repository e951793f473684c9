package accounts.identity;

import accounts.async.CallScope;
import accounts.domain.AccountError.Unauthenticated;
import java.util.concurrent.CompletableFuture;

/** Finds out who calls. */
public interface Authenticator {

  /** For servers that do not ask: every caller may do everything. */
  Authenticator ANYONE = always(Caller.ANYONE);

  /**
   * Returns the caller; fails with {@link Unauthenticated}.
   *
   * @param scope bounds the wait for an issuer's keys
   */
  CompletableFuture<Caller> authenticate(Credentials credentials, CallScope scope);

  private static Authenticator always(Caller caller) {
    CompletableFuture<Caller> answer = CompletableFuture.completedFuture(caller);
    return (credentials, scope) -> answer;
  }
}
