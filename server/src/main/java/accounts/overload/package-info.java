/**
 * Load shedding: how many calls this instance works on at once, and whose. Knows nothing of gRPC.
 */
@NullMarked
package accounts.overload;

import org.jspecify.annotations.NullMarked;
