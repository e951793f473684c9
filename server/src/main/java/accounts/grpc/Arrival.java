package accounts.grpc;

import accounts.async.CallScope;
import accounts.identity.Caller;
import io.grpc.Context;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;

/**
 * What is known of a call before its message is read.
 *
 * @param caller who calls; not known yet while an issuer's keys are fetched
 * @param scope has the caller's deadline
 */
record Arrival(CompletableFuture<Caller> caller, Connection connection, CallScope scope) {

  private static final Context.Key<Arrival> ARRIVAL = Context.key("arrival");

  /** Returns that of the current call. */
  static Arrival current() {
    return Objects.requireNonNull(ARRIVAL.get(), "a call that was not intercepted");
  }

  /** Returns the current context with this as its call. */
  Context inContext() {
    return Context.current().withValue(ARRIVAL, this);
  }

  /**
   * Returns whose share of this instance the call uses: connections share what an identity may use;
   * without identities each is a caller.
   */
  String payer(Caller known) {
    return known.knownName().orElse(connection.name());
  }
}
