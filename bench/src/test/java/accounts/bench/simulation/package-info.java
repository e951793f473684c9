/** Tests of the simulator; on the test's thread. */
@NullMarked
package accounts.bench.simulation;

import org.jspecify.annotations.NullMarked;
