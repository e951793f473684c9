/**
 * Faults to order: an interceptor that spoils calls as rules say. It knows nothing of what the
 * calls mean, and would do so for any gRPC server of unary and server-streaming calls.
 */
@NullMarked
package accounts.local.faults;

import org.jspecify.annotations.NullMarked;
