/**
 * Real instances of the service on this machine, over DynamoDB Local and the local cache, and the
 * faults between them. Everything public here may be used from any thread.
 */
@NullMarked
package accounts.bench.harness;

import org.jspecify.annotations.NullMarked;
