/**
 * The Java client of Accounts: {@link accounts.client.AccountsClient} asks and changes, records
 * hold what came back, and {@link accounts.client.AccountsException} says why a call failed.
 * Nothing here checks what the service checks.
 *
 * <p>Threads: every public type may be used by many threads at once; futures are completed by
 * gRPC's threads, so what hangs on them must not block, or must name an executor of its own ({@code
 * thenApplyAsync}).
 */
@NullMarked
package accounts.client;

import org.jspecify.annotations.NullMarked;
