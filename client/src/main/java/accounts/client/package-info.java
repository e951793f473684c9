/**
 * The Java client of Accounts: {@link accounts.client.AccountsClient} reads and writes, records
 * hold the results, and {@link accounts.client.AccountsException} says why a call failed. Requests
 * are validated by the service only.
 *
 * <p>Threads: every public type may be used by many threads at once; futures are completed by
 * gRPC's threads, so dependent stages must not block, or must name an executor of its own ({@code
 * thenApplyAsync}).
 */
@NullMarked
package accounts.client;

import org.jspecify.annotations.NullMarked;
