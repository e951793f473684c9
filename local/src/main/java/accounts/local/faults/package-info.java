/**
 * Fault injection: an interceptor that applies fault rules to calls. It does not depend on the
 * meaning of the calls, and works for any gRPC server with unary and server-streaming calls.
 */
@NullMarked
package accounts.local.faults;

import org.jspecify.annotations.NullMarked;
