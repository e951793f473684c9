/**
 * Servers that do the least that an answer takes: what the service's speed is compared with. Each
 * has a main of its own, the gRPC server, executor and messages of the service, and is found by the
 * service's environment variables. Their handlers run on the threads of gRPC and never block.
 */
@NullMarked
package accounts.bench.baseline;

import org.jspecify.annotations.NullMarked;
