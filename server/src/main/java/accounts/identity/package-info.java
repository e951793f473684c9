/**
 * Who calls, and what it may do: bearer tokens checked against their issuers' keys, client
 * certificates with SPIFFE ids, scopes.
 *
 * <p>Thread rule: authenticating never blocks; keys are fetched on a thread of each issuer's own.
 * Everything may be used from any thread.
 */
@NullMarked
package accounts.identity;

import org.jspecify.annotations.NullMarked;
