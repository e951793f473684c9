/**
 * The gRPC edge: converts contract messages to and from the domain; the error table, health,
 * reflection, and the listening server.
 *
 * <p>Thread rule: handlers run on gRPC's event loops and never block; everything may be used from
 * any thread.
 */
@NullMarked
package accounts.grpc;

import org.jspecify.annotations.NullMarked;
